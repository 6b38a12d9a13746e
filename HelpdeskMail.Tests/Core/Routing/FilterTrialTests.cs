using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Routing.Filters;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.Routing;

public sealed class FilterTrialTests
{
    private static readonly Actor Admin = new(null, "Ada");

    [Theory, OnSqlite, OnPostgres]
    public async Task Trial_SaysWhatTheFilterWouldHaveDone_AndWritesNothing(DatabaseProvider provider)
    {
        await using var desk = await FlowDesk.StartAsync(provider);
        await SaveAsync(desk, Draft("a private", [new("Subject", FilterOperator.Contains, false, "private")], [new("tag", "private")], stop: true));
        var first = await desk.TakeAsync("From: anna@customer.test\nSubject: Invoice 1\nMessage-ID: <one@customer.test>\n\nplease");
        await desk.TakeAsync("From: bert@customer.test\nSubject: Invoice 2\n\nplease", mailbox: "sales");
        await desk.TakeAsync("From: anna@customer.test\nSubject: Re: Invoice 1\nIn-Reply-To: <one@customer.test>\n\nwell?");
        await desk.TakeAsync("From: carl@customer.test\nSubject: private invoice\n\nplease");
        await desk.TakeAsync("From: anna@customer.test\nSubject: Invoice 1\nMessage-ID: <one@customer.test>\n\nplease");
        await desk.TakeAsync("From: dora@customer.test\nSubject: Hello\n\nhow are you");
        var before = await CountAsync(desk);

        var draft = Draft("", [new("Subject", FilterOperator.Contains, false, "invoice")], [new("queue", "Sales")], order: 5);
        var tried = await desk.Get<FilterTrial>().RunAsync(draft);

        var result = tried.Value!;
        Assert.Equal((6, 5, false), (result.Examined, result.Matched, result.Cut));
        Assert.Equal(
            [(TrialEffect.Moves, 1), (TrialEffect.Nothing, 2), (TrialEffect.KeptBack, 1), (TrialEffect.DecidedBefore, 1)],
            result.Effects.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value)));
        Assert.Equal(["a private"], result.Matches.Where(match => match.Effect == TrialEffect.KeptBack).Select(match => match.Detail));
        var moved = result.Matches.Single(match => match.Effect == TrialEffect.Moves);
        Assert.Equal((first.Id, first.TicketId, "Invoice 1", "anna@customer.test", "Support → Sales"), (moved.StoredMailId, moved.TicketId, moved.Subject, moved.Sender, moved.Detail));
        Assert.Equal((await desk.TicketAsync(first.TicketId)).Number, moved.TicketNumber);
        Assert.Contains("Invoice 1", moved.Because, StringComparison.Ordinal);
        Assert.Equal(before, await CountAsync(desk));
    }

    [Fact]
    public async Task Trial_OfASavedFilter_StandsForIt_AndLooksAtTheNewestOnly()
    {
        await using var desk = await FlowDesk.StartAsync();
        await desk.TakeAsync("From: a@b.example\nSubject: newsletter 1\n\nbuy");
        await desk.TakeAsync("From: a@b.example\nSubject: newsletter 2\n\nbuy");
        var id = await SaveAsync(desk, Draft("silence", [new("Subject", FilterOperator.Contains, false, "nothing of the kind")], [new("ignore", "true")]));
        var changed = Draft("silence", [new("Subject", FilterOperator.StartsWith, false, "newsletter")], [new("ignore", "true")]);
        changed.Id = id;

        var result = (await desk.Get<FilterTrial>().RunAsync(changed, mails: 1)).Value!;

        Assert.Equal((1, 1), (result.Examined, result.Effects[TrialEffect.Ignores]));
        Assert.Equal("newsletter 2", result.Matches.Single().Subject);
    }

    [Fact]
    public async Task Trial_NamesFaultsByTheirPlace_AndCanBeStopped()
    {
        await using var desk = await FlowDesk.StartAsync();
        await desk.TakeAsync("From: a@b.example\nSubject: hello\n\nhello");

        var faulty = await desk.Get<FilterTrial>().RunAsync(Draft("", [new("Subject", FilterOperator.Contains, false, "")], [new("queue", "Nowhere")]), mails: 2001);
        Assert.Equal(["actions[0].value", "conditions[0].value", "mails"], faulty.Errors.Keys.Order(StringComparer.Ordinal));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => desk.Get<FilterTrial>().RunAsync(Draft("x", [new("Subject", FilterOperator.Exists, false, "")], [new("tag", "x")]), cancel: new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task ExplainStored_DecidesAsIfTheMailHadJustCome()
    {
        await using var desk = await FlowDesk.StartAsync();
        var first = await desk.TakeAsync("From: anna@customer.test\nSubject: Invoice 1\n\nplease");
        await SaveAsync(desk, Draft("invoices", [new("Subject", FilterOperator.Contains, false, "invoice")], [new("queue", "Sales")]));
        var before = await CountAsync(desk);

        var explained = (await desk.Get<MailProcessor>().ExplainStoredAsync(first.Id, "support")).Value!;

        Assert.Equal((DecisionKind.CreateTicket, "Sales"), (explained.Kind, explained.Queue));
        Assert.Contains(explained.Steps, step => step is { Name: "filters", Verdict: "matched" });
        Assert.Equal(before, await CountAsync(desk));
        Assert.Equal(["mail"], (await desk.Get<MailProcessor>().ExplainStoredAsync(4711, null)).Errors.Keys);
        Assert.Equal(["mailbox"], (await desk.Get<MailProcessor>().ExplainStoredAsync(first.Id, "nowhere")).Errors.Keys);
    }

    [Fact]
    public async Task ExplainStored_OfTheLastMailThatTheLoopGuardTook_DoesNotCountItsOwnTicket()
    {
        await using var desk = await FlowDesk.StartAsync();
        Assert.True((await desk.Get<SettingsStore>().SaveAsync(new Dictionary<string, string?> { ["mail.gateway.loop.threshold"] = "2" })).Ok);
        await desk.TakeAsync("From: robot@customer.test\nSubject: Report 1\n\nall well");
        var taken = await desk.TakeAsync("From: robot@customer.test\nSubject: Report 2\n\nall well");
        await desk.TakeAsync("From: robot@customer.test\nSubject: Report 3\n\nall well");

        var explained = (await desk.Get<MailProcessor>().ExplainStoredAsync(taken.Id, "support")).Value!;

        Assert.Equal((DecisionKind.CreateTicket, DecisionKind.CreateTicket), (taken.Decision, explained.Kind));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task StoredMail_IsFoundBySubjectSenderAndTicket(DatabaseProvider provider)
    {
        await using var desk = await FlowDesk.StartAsync(provider);
        var invoice = await desk.TakeAsync("From: anna@customer.test\nSubject: Invoice 1\n\nplease");
        await desk.TakeAsync("From: dora@customer.test\nSubject: Hello\n\nhow are you");
        var mails = desk.Get<StoredMailQueries>();
        var number = (await desk.TicketAsync(invoice.TicketId)).Number;

        Assert.Equal([invoice.Id], (await mails.FindAsync("INVOICE")).Items.Select(mail => mail.Id));
        Assert.Equal([invoice.Id], (await mails.FindAsync("anna@")).Items.Select(mail => mail.Id));
        Assert.Equal([(invoice.Id, number)], (await mails.FindAsync(number)).Items.Select(mail => (mail.Id, mail.TicketNumber!)));
        Assert.Equal(["Hello", "Invoice 1"], (await mails.FindAsync("")).Items.Select(mail => mail.Subject));
        Assert.Empty((await mails.FindAsync("nothing like it")).Items);
    }

    private static FilterDraft Draft(string name, FilterCondition[] conditions, FilterAction[] actions, int order = 0, bool stop = false) =>
        new() { Name = name, Order = order, Stop = stop, Conditions = [.. conditions], Actions = [.. actions] };

    private static async Task<long> SaveAsync(FlowDesk desk, FilterDraft draft)
    {
        var saved = await desk.Get<FilterEditor>().SaveAsync(draft, Admin);
        Assert.True(saved.Ok, string.Join(' ', saved.Errors.SelectMany(pair => pair.Value)));
        return saved.Value;
    }

    private static async Task<(int Mails, int Tickets, int Messages, int Log, int Outbox, int Filters)> CountAsync(FlowDesk desk)
    {
        await using var db = desk.Db();
        return (await db.StoredMails.CountAsync(), await db.Tickets.CountAsync(), await db.TicketMessages.CountAsync(), await db.Communications.CountAsync(), await db.OutboxMails.CountAsync(), await db.Filters.CountAsync());
    }
}
