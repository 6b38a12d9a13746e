using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Routing;
using HelpdeskMail.Core.Routing.Filters;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Mail.Reports;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.Routing;

/// <summary>Who counts as a mail's author (P8), and whether a trusted server vouches for it (G9).</summary>
public sealed class SenderTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task TrustedServersVerdict_IsKeptWithTheMessage_AndInTheTrace(DatabaseProvider provider)
    {
        await using var desk = await StartAsync("mx.helpdesk.test", provider);

        var mail = await desk.TakeAsync("Authentication-Results: mx.helpdesk.test; dmarc=pass header.from=b.example\nFrom: ann@b.example\nSubject: hi\n\nhi");

        var message = Assert.Single(await desk.Get<TicketQueries>().MessagesAsync(mail.TicketId!.Value));
        Assert.Equal(new SenderTrust(SenderVerdict.Passed, "mx.helpdesk.test", "b.example", "dmarc=pass (b.example)"), message.Trust);
        Assert.Contains("b.example vouches for it, says mx.helpdesk.test", mail.Trace, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Authentication-Results: mx.helpdesk.test; dmarc=pass\n", null)] // nobody is trusted
    [InlineData("mx.helpdesk.test", "Authentication-Results: evil.example; dmarc=pass\n", SenderVerdict.Unknown)]
    [InlineData("mx.helpdesk.test", "", SenderVerdict.Unknown)]
    [InlineData("other.test, mx.helpdesk.test", "Authentication-Results: mx.helpdesk.test; dmarc=fail\n", SenderVerdict.Failed)]
    public async Task OnlyATrustedServersWordCounts(string trusted, string header, SenderVerdict? verdict)
    {
        await using var desk = await StartAsync(trusted);

        var mail = await desk.TakeAsync($"{header}From: ann@b.example\nSubject: hi\n\nhi");

        Assert.Equal(verdict, (await desk.Get<TicketQueries>().MessagesAsync(mail.TicketId!.Value))[0].Trust?.Verdict);
    }

    [Theory]
    [InlineData("dmarc=fail", true)]
    [InlineData("dmarc=pass", false)]
    public async Task Filters_MayAskForTheVerdict(string result, bool ignored)
    {
        await using var desk = await StartAsync("mx.helpdesk.test");
        var saved = await desk.Get<FilterEditor>().SaveAsync(
            new FilterDraft { Name = "forged", Conditions = [new FilterCondition("authentication", FilterOperator.Equals, false, "failed")], Actions = [new FilterAction("ignore", "yes")] }, HelpdeskMail.Core.Access.Actor.System);
        Assert.True(saved.Ok);

        var mail = await desk.TakeAsync($"Authentication-Results: mx.helpdesk.test; {result}\nFrom: ann@b.example\nSubject: hi\n\nhi");

        Assert.Equal(ignored ? DecisionKind.Ignore : DecisionKind.CreateTicket, mail.Decision);
    }

    [Fact]
    public async Task Suggestion_IsTheServerOnTopOfTheMailboxsMails()
    {
        await using var desk = await StartAsync("");
        for (var i = 0; i < 3; i++) await desk.TakeAsync($"Authentication-Results: mx.provider.example; dmarc=pass\nAuthentication-Results: other.example; none\nFrom: ann@b.example\nSubject: {i}\n\nhi");
        await desk.TakeAsync("From: ann@b.example\nSubject: without\n\nhi");
        await desk.TakeAsync("Authentication-Results: elsewhere.example; none\nFrom: ann@b.example\nSubject: other mailbox\n\nhi", "sales");

        var seen = await desk.Get<AuthServerSuggestions>().LookAsync(desk.SupportMailbox);

        Assert.Equal(4, seen.Mails);
        Assert.Equal([("mx.provider.example", 3)], seen.Hosts);
    }

    [Theory]
    // From, Reply-To, policy of the mailbox, who becomes the customer
    [InlineData("ann@b.example", "helpers@b.example", null, "helpers@b.example")] // the setting's default: within the domain
    [InlineData("ann@b.example", "ann@home.example", null, "ann@b.example")]
    [InlineData("ann@b.example", "ann@home.example", ReplyToPolicy.Use, "ann@home.example")]
    [InlineData("ann@b.example", "helpers@b.example", ReplyToPolicy.Ignore, "ann@b.example")]
    [InlineData("no-reply@shop.example", "visitor@home.example", null, "visitor@home.example")] // a web form
    [InlineData("sales@helpdesk.test", "visitor@home.example", null, "visitor@home.example")] // a web form that writes as ourselves
    [InlineData("desk@b.example", "desk+id4711@b.example", null, "desk@b.example")] // another help desk's tag
    [InlineData("ann@b.example", "support@helpdesk.test", ReplyToPolicy.Use, "ann@b.example")] // never ourselves: that would be a loop
    [InlineData("ann@b.example", "support+t1@helpdesk.test", ReplyToPolicy.Use, "ann@b.example")]
    [InlineData("ann@b.example", "noreply@b.example", ReplyToPolicy.Use, "ann@b.example")]
    public async Task ReplyTo_MakesTheCustomer_ByThePolicy(string from, string replyTo, ReplyToPolicy? policy, string customer)
    {
        await using var desk = await StartAsync("");
        await desk.SetUpAsync(async db => (await db.Mailboxes.SingleAsync(row => row.Id == desk.SupportMailbox)).ReplyTo = policy);

        var mail = await desk.TakeAsync($"From: {from}\nReply-To: {replyTo}\nTo: support@helpdesk.test\nSubject: hi\n\nhi");

        Assert.Equal(customer, (await desk.TicketAsync(mail.TicketId)).Customer!.Address);
        var message = (await desk.Get<TicketQueries>().MessagesAsync(mail.TicketId!.Value))[0];
        Assert.Equal((from, replyTo), (message.From.Address, message.ReplyTo)); // both are shown, whatever counts
    }

    [Fact]
    public async Task ReplyTo_OfAMailingList_IsNobodysAddress()
    {
        await using var desk = await StartAsync("");
        await desk.SetUpAsync(db => Task.FromResult(db.Add(new Setting { Key = Parameters.ReplyTo.Key, Value = "use" })));

        var mail = await desk.TakeAsync("From: ann@b.example\nReply-To: list@lists.example\nList-Id: <list.lists.example>\nSubject: hi\n\nhi");

        Assert.Equal("ann@b.example", (await desk.TicketAsync(mail.TicketId)).Customer!.Address);
    }

    [Fact]
    public async Task TwoVisitorsOfOneWebForm_AreTwoCustomers_AndEachFindsHisTicket()
    {
        await using var desk = await StartAsync("");
        string Form(string visitor, string subject) => $"From: no-reply@shop.example\nReply-To: {visitor}\nTo: support@helpdesk.test\nSubject: {subject}\n\nhi";
        var one = await desk.TakeAsync(Form("one@home.example", "first"));
        var two = await desk.TakeAsync(Form("two@home.example", "second"));
        var number = (await desk.TicketAsync(one.TicketId)).Number;

        var again = await desk.TakeAsync(Form("one@home.example", $"more to [#{number}]"));
        var foreign = await desk.TakeAsync(Form("two@home.example", $"more to [#{number}]"));

        Assert.NotEqual(one.TicketId, two.TicketId);
        Assert.Equal(one.TicketId, again.TicketId);
        Assert.NotEqual(one.TicketId, foreign.TicketId);
    }

    private static async Task<FlowDesk> StartAsync(string trusted, DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        var desk = await FlowDesk.StartAsync(provider);
        await desk.SetUpAsync(async db => (await db.Mailboxes.SingleAsync(row => row.Id == desk.SupportMailbox)).AuthServers = trusted);
        return desk;
    }
}
