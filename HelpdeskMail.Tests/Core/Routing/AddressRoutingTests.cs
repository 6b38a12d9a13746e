using HelpdeskMail.Core.Customers;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Routing.Addresses;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.Routing;

public sealed class AddressRoutingTests
{
    private const string ToAlias = """
        From: Alice <alice@customer.test>
        To: Sales <sales@shop.test>
        Subject: An offer, please
        Message-ID: <alias-1@customer.test>

        How much is it?
        """;

    private const string RedirectedToAlias = """
        Delivered-To: support@helpdesk.test
        X-Original-To: sales@shop.test
        From: Alice <alice@customer.test>
        To: undisclosed-recipients:;
        Subject: An offer, please
        Message-ID: <alias-2@customer.test>

        How much is it?
        """;

    private const string ToMailboxWithAliasInCc = """
        Delivered-To: support@helpdesk.test
        From: Alice <alice@customer.test>
        To: support@helpdesk.test
        Cc: sales@shop.test
        Subject: It is broken
        Message-ID: <alias-3@customer.test>

        Help!
        """;

    private const string ToAliasElsewhere = """
        From: Alice <alice@customer.test>
        To: Sales of somebody else <sales@elsewhere.test>
        Subject: An offer, please
        Message-ID: <alias-4@customer.test>

        How much is it?
        """;

    private const string ToSystemAddress = """
        From: Alice <alice@customer.test>
        To: orders@partner.test
        Subject: An order
        Message-ID: <alias-5@customer.test>

        Ten of them.
        """;

    private const string ToCatchall = """
        From: Alice <alice@customer.test>
        To: catchall@shop.test
        Subject: Hello there
        Message-ID: <alias-6@customer.test>

        Do you read this?
        """;

    private const string ToCatchallAndAlias = """
        From: Alice <alice@customer.test>
        To: catchall@shop.test, sales@shop.test
        Subject: Hello there
        Message-ID: <alias-7@customer.test>

        Do you read this?
        """;

    private const string ToOldCatchall = """
        From: Alice <alice@customer.test>
        To: everything@shop.test
        Subject: Hello there
        Message-ID: <alias-8@customer.test>

        Do you read this?
        """;

    [Theory]
    [InlineData(ToAlias, DispatchMode.Queue, "Sales")]
    [InlineData(RedirectedToAlias, DispatchMode.Queue, "Sales")]
    [InlineData(ToMailboxWithAliasInCc, DispatchMode.Recipient, "Support")]
    [InlineData(ToAliasElsewhere, DispatchMode.Recipient, "Support")]
    [InlineData(ToSystemAddress, DispatchMode.Recipient, "Sales")]
    [InlineData(ToSystemAddress, DispatchMode.Queue, "Support")]
    [InlineData(ToCatchallAndAlias, DispatchMode.Queue, "Sales")]
    public async Task NewMail_GoesToTheQueueOfTheAddressItWasSentTo(string mail, DispatchMode dispatch, string queue)
    {
        await using var desk = await StartAsync(dispatch: dispatch);

        var stored = await desk.TakeAsync(mail);

        Assert.Equal(DecisionKind.CreateTicket, stored.Decision);
        Assert.Equal(queue == "Sales" ? desk.Sales : desk.Support, (await desk.TicketAsync(stored.TicketId)).QueueId);
    }

    [Theory]
    [InlineData(ToCatchall, "catchall@shop.test")]
    [InlineData(ToOldCatchall, "everything@shop.test")]
    public async Task NewMail_StraightToTheCatchall_IsRefused(string mail, string address)
    {
        await using var desk = await StartAsync();

        var stored = await desk.TakeAsync(mail);

        Assert.Equal((DecisionKind.Refuse, DecisionReason.DirectToCatchall), (stored.Decision, stored.Reason));
        Assert.Contains(address, stored.Sentence, StringComparison.Ordinal);
        await using var db = desk.Db();
        Assert.Empty(await db.Tickets.ToListAsync());
    }

    [Fact]
    public async Task Reply_ToTheCatchall_FindsItsTicket()
    {
        await using var desk = await StartAsync();
        var first = await desk.TakeAsync(ToAlias);

        var reply = await desk.TakeAsync(ToCatchall.Replace("Subject:", "In-Reply-To: <alias-1@customer.test>\nSubject:", StringComparison.Ordinal));

        Assert.Equal((DecisionKind.AppendToTicket, first.TicketId), (reply.Decision, reply.TicketId));
    }

    [Theory]
    [InlineData(WhoMayWrite.Everyone, false, DecisionKind.CreateTicket)]
    [InlineData(WhoMayWrite.Customers, true, DecisionKind.CreateTicket)]
    [InlineData(WhoMayWrite.Customers, false, DecisionKind.Refuse)]
    [InlineData(WhoMayWrite.Replies, true, DecisionKind.Refuse)]
    public async Task NewMail_ToAnAlias_IsTakenFromWhomMayWrite(WhoMayWrite who, bool known, DecisionKind kind)
    {
        await using var desk = await StartAsync(who);
        if (known) await desk.SetUpAsync(db => Task.FromResult(db.Add(new Customer { Name = "Alice", Address = "alice@customer.test" })));

        var stored = await desk.TakeAsync(ToAlias);

        Assert.Equal(kind, stored.Decision);
        if (kind == DecisionKind.Refuse) Assert.Equal(DecisionReason.MayNotWrite, stored.Reason);
    }

    [Fact]
    public async Task ChangedAlias_HoldsFromTheNextMailOn()
    {
        await using var desk = await StartAsync();
        await desk.TakeAsync(ToAlias);
        await desk.SetUpAsync(async db => (await db.Aliases.SingleAsync()).QueueId = desk.Support);

        var stored = await desk.TakeAsync(RedirectedToAlias);

        Assert.Equal(desk.Support, (await desk.TicketAsync(stored.TicketId)).QueueId);
    }

    [Theory]
    [InlineData("From: MAILER-DAEMON@gateway.test\nSubject: Nope", true)]
    [InlineData("Return-Path: <>\nFrom: Mail Gateway <gateway@gateway.test>\nSubject: Could not be handed over", true)]
    [InlineData("From: gateway@gateway.test\nAuto-Submitted: auto-generated\nSubject: Message 4711 discarded", true)]
    [InlineData("From: ann@customer.test\nSubject: Hello", false)]
    [InlineData("From: ann@customer.test\nAuto-Submitted: auto-replied\nSubject: Out of office", false)]
    public async Task MachinesMail_ToTheBounceAddress_ThatIsNoReportOneCanRead_WaitsInQuarantine(string header, bool waits)
    {
        await using var desk = await StartAsync();

        var stored = await desk.TakeAsync($"{header}\nTo: bounce@shop.test\nMessage-ID: <odd@gateway.test>\n\nThe thing you sent is not where it should be.\n");

        Assert.Equal(waits ? (DecisionKind.Quarantine, DecisionReason.ReportNotUnderstood) : (DecisionKind.Refuse, DecisionReason.DirectToCatchall), (stored.Decision!.Value, stored.Reason!.Value));
        await using var db = desk.Db();
        Assert.Equal(waits ? 1 : 0, await db.Quarantine.CountAsync(item => item.Open && item.Reason == "ReportNotUnderstood"));
        Assert.Empty(await db.OutboxMails.ToListAsync());
        Assert.Empty(await db.Tickets.ToListAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task RenamedDomain_TakesMailUnderItsOldNameToo_UntilItIsForgotten(DatabaseProvider provider)
    {
        await using var desk = await StartAsync(provider: provider);
        var first = await desk.TakeAsync(ToAlias);
        var (directory, editor) = (desk.Get<AddressDirectory>(), desk.Get<AliasDomainEditor>());
        var draft = (await directory.DomainDraftAsync((await directory.DomainsAsync())[0].Id))!;
        draft.Domain = "store.test";
        Assert.True((await editor.SaveAsync(draft)).Ok);

        var reply = await desk.TakeAsync(ToCatchall.Replace("Subject:", "In-Reply-To: <alias-1@customer.test>\nSubject:", StringComparison.Ordinal));
        var direct = await desk.TakeAsync(ToCatchall.Replace("Subject:", "X-Another: yes\nSubject:", StringComparison.Ordinal).Replace("Message-ID: <", "Message-ID: <other-", StringComparison.Ordinal));
        var anew = await desk.TakeAsync(ToAlias.Replace("alias-1@", "alias-2@", StringComparison.Ordinal));

        Assert.Equal((DecisionKind.AppendToTicket, first.TicketId), (reply.Decision, reply.TicketId));
        Assert.Equal(DecisionReason.DirectToCatchall, direct.Reason);
        Assert.Equal(desk.Sales, (await desk.TicketAsync(anew.TicketId)).QueueId);
        var row = (await directory.DomainsAsync("shop.test"))[0]; // found by its earlier name
        Assert.Equal(("store.test", "shop.test"), (row.Domain, Assert.Single(row.EarlierNames).Domain));

        Assert.True((await editor.ForgetNameAsync(row.EarlierNames[0].Id)).Ok);
        var forgotten = await desk.TakeAsync(ToAlias.Replace("alias-1@", "alias-3@", StringComparison.Ordinal));
        Assert.Equal(desk.Support, (await desk.TicketAsync(forgotten.TicketId)).QueueId); // as if it were anybody's address
    }

    [Fact]
    public async Task DomainThatGetsItsOldNameBack_HasNoEarlierNameOfThatKind()
    {
        await using var desk = await StartAsync();
        var (directory, editor) = (desk.Get<AddressDirectory>(), desk.Get<AliasDomainEditor>());
        foreach (var name in new[] { "store.test", "market.test", "store.test", "shop.test" })
        {
            var draft = (await directory.DomainDraftAsync((await directory.DomainsAsync())[0].Id))!;
            draft.Domain = name;
            Assert.True((await editor.SaveAsync(draft)).Ok);
        }
        Assert.Equal(["market.test", "store.test"], (await directory.DomainsAsync())[0].EarlierNames.Select(earlier => earlier.Domain).Order(StringComparer.Ordinal));
    }

    private static async Task<FlowDesk> StartAsync(WhoMayWrite who = WhoMayWrite.Everyone, DispatchMode dispatch = DispatchMode.Queue, DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        var desk = await FlowDesk.StartAsync(provider);
        await desk.SetUpAsync(async db =>
        {
            var domain = new AliasDomain { Domain = "shop.test", IsDefault = true, CompanyAddress = "sales@shop.test" };
            domain.Retired.Add(new RetiredAddress { LocalPart = "everything", Role = AddressRole.Catchall });
            db.Add(new Alias { LocalPart = "sales", AliasDomain = domain, QueueId = desk.Sales, LocalPartDetection = true, WhoMayWrite = who });
            db.Add(new SystemAddress { Address = "orders@partner.test", DisplayName = "Orders", QueueId = desk.Sales });
            (await db.Mailboxes.SingleAsync(mailbox => mailbox.Name == "support")).Dispatch = dispatch;
        });
        return desk;
    }
}
