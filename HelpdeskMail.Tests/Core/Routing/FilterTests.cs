using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Customers;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Routing.Filters;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.Routing;

public sealed class FilterTests
{
    private const string Invoice = """
        From: Billing <billing@shop.example>
        To: support@helpdesk.test
        Subject: Your invoice INV-4711 is due
        X-Spam-Flag: NO
        Message-ID: <invoice@shop.example>

        Please pay 99 EUR by Friday.
        Customer: carol@customer.test
        """;

    private static readonly Actor Admin = new(null, "Ada");

    [Theory]
    [InlineData("Subject", FilterOperator.Contains, false, "INVOICE", true)]
    [InlineData("subject", FilterOperator.Contains, false, "offer", false)]
    [InlineData("Subject", FilterOperator.Contains, true, "offer", true)]
    [InlineData("Subject", FilterOperator.Equals, false, "your invoice inv-4711 is due", true)]
    [InlineData("Subject", FilterOperator.Equals, false, "your invoice", false)]
    [InlineData("Subject", FilterOperator.StartsWith, false, "Your", true)]
    [InlineData("Subject", FilterOperator.EndsWith, false, "is DUE", true)]
    [InlineData("Subject", FilterOperator.Regex, false, @"inv-\d{4}", true)]
    [InlineData("Subject", FilterOperator.Regex, true, @"inv-\d{4}", false)]
    [InlineData("body", FilterOperator.Contains, false, "99 eur", true)]
    [InlineData("recipient", FilterOperator.Equals, false, "support@helpdesk.test", true)]
    [InlineData("attachmentCount", FilterOperator.Equals, false, "0", true)]
    [InlineData("X-Spam-Flag", FilterOperator.Exists, false, "", true)]
    [InlineData("X-Nothing", FilterOperator.Exists, false, "", false)]
    [InlineData("X-Nothing", FilterOperator.Exists, true, "", true)]
    [InlineData("X-Helpdesk-AttachmentExists", FilterOperator.Equals, false, "no", true)]
    public async Task Condition_HoldsAsItsOperatorSays(string field, FilterOperator comparison, bool negate, string value, bool holds)
    {
        await using var desk = await FlowDesk.StartAsync();
        await SaveAsync(desk, Draft("one", [new(field, comparison, negate, value)], [new("priority", "urgent")]));

        var ticket = await desk.TicketAsync((await desk.TakeAsync(Invoice)).TicketId);

        Assert.Equal(holds ? TicketPriority.Urgent : TicketPriority.Normal, ticket.Priority);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Actions_SetEverythingOfTheNewTicket_WithCapturedGroups(DatabaseProvider provider)
    {
        await using var desk = await FlowDesk.StartAsync(provider);
        await desk.SetUpAsync(db => Task.FromResult(db.Add(new Customer { Name = "Carol", Address = "carol@customer.test" })));
        var agent = await AgentAsync(desk, "max@helpdesk.test");
        await SaveAsync(desk, Draft(
            "invoices",
            [new("Subject", FilterOperator.Regex, false, @"(?<number>INV-\d+)"), new("body", FilterOperator.Regex, false, @"^Customer: (\S+)")],
            [new("queue", "Sales"), new("priority", "high"), new("state", "pending"), new("owner", "max@helpdesk.test"), new("customer", "${1}"), new("tag", "bill-${number}"), new("tag", "money")]));

        var stored = await desk.TakeAsync(Invoice);

        await using var db = desk.Db();
        var ticket = await db.Tickets.Include(row => row.Customer).Include(row => row.Tags).SingleAsync();
        Assert.Equal((desk.Sales, TicketPriority.High, TicketState.Pending, agent, "carol@customer.test"), (ticket.QueueId, ticket.Priority, ticket.State, ticket.OwnerId, ticket.Customer!.Address));
        Assert.Equal(["bill-INV-4711", "money"], ticket.Tags.Select(tag => tag.Tag).Order(StringComparer.Ordinal));
        Assert.Contains("invoices", stored.Trace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_RunByOrderThenName_AndStopEndsThem()
    {
        await using var desk = await FlowDesk.StartAsync();
        FilterCondition[] always = [new("Subject", FilterOperator.Exists, false, "")];
        await SaveAsync(desk, Draft("b second", always, [new("tag", "second"), new("header:X-Seen", "yes")]));
        await SaveAsync(desk, Draft("a first", always, [new("tag", "first")]));
        await SaveAsync(desk, Draft("c third", [new("X-Seen", FilterOperator.Equals, false, "yes")], [new("tag", "third")], stop: true));
        await SaveAsync(desk, Draft("d never", always, [new("tag", "never")]));
        await SaveAsync(desk, Draft("z before all", always, [new("tag", "zero")], order: -1));

        await desk.TakeAsync(Invoice);

        await using var db = desk.Db();
        Assert.Equal(["first", "second", "third", "zero"], await db.TicketTags.Select(tag => tag.Tag).OrderBy(tag => tag).ToListAsync());
    }

    [Fact]
    public async Task Ignore_KeepsAnyMailOut_AlsoAReply()
    {
        await using var desk = await FlowDesk.StartAsync();
        var first = await desk.TakeAsync(Invoice);
        await SaveAsync(desk, Draft("silence", [new("From", FilterOperator.Contains, false, "shop.example")], [new("ignore", "true")]));

        var reply = await desk.TakeAsync("From: billing@shop.example\nSubject: Re: invoice\nIn-Reply-To: <invoice@shop.example>\n\nnow!");

        Assert.NotNull(first.TicketId);
        Assert.Equal((DecisionKind.Ignore, DecisionReason.FilterIgnored), (reply.Decision, reply.Reason));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Field_IsSetOnTheTicket_AndKnownToLaterFilters(DatabaseProvider provider)
    {
        await using var desk = await FlowDesk.StartAsync(provider);
        await SaveAsync(desk, Draft("a customer", [new("body", FilterOperator.Regex, false, "Customer: (?<who>[a-z]+)@")], [new("field:Account", "${who}"), new("header:X-Helpdesk-DynamicField-Source", "shop")]));
        await SaveAsync(desk, Draft("b known", [new("X-Helpdesk-DynamicField-Account", FilterOperator.Equals, false, "carol")], [new("header:X-Helpdesk-Queue", "Sales"), new("tag", "known")]));

        var explained = (await desk.Get<MailProcessor>().ExplainAsync(FlowDesk.Bytes(Invoice), "support")).Value!;
        var stored = await desk.TakeAsync(Invoice);

        Assert.Equal(["known"], explained.Ticket!.Tags);
        Assert.Equal([new("Account", "carol"), new("Source", "shop")], explained.Ticket.Fields);
        Assert.Contains(explained.Steps, step => step.Detail.Contains("field Account: carol", StringComparison.Ordinal));
        Assert.Equal(desk.Sales, (await desk.TicketAsync(stored.TicketId)).QueueId);
        Assert.Equal([("Account", "carol"), ("Source", "shop")], (await desk.Get<TicketQueries>().FieldsAsync(stored.TicketId!.Value)).Select(field => (field.Name, field.Value)));
    }

    [Theory]
    [InlineData("field:")]
    [InlineData("field:two words")]
    [InlineData("field:a:b")]
    public async Task Field_WithoutAGoodName_IsRefused(string set)
    {
        await using var desk = await FlowDesk.StartAsync();
        var saved = await desk.Get<FilterEditor>().SaveAsync(Draft("one", [new("Subject", FilterOperator.Exists, false, "")], [new(set, "x")]), Admin);
        Assert.Equal(["actions[0].set"], saved.Errors.Keys);
    }

    [Theory]
    [InlineData(true, "Sales", TicketPriority.High)]
    [InlineData(false, "Support", TicketPriority.Normal)]
    public async Task CommandHeaders_CountFromTrustedMailboxesOnly(bool trusted, string queue, TicketPriority priority)
    {
        await using var desk = await FlowDesk.StartAsync();
        await desk.SetUpAsync(async db => (await db.Mailboxes.SingleAsync(mailbox => mailbox.Name == "support")).Trusted = trusted);

        var stored = await desk.TakeAsync("""
            From: monitor@machine.test
            Subject: Disk full
            X-Helpdesk-Queue: Sales
            X-Helpdesk-Priority: high
            X-Helpdesk-DynamicField-Host: web-7

            /var is at 99 %
            """);

        var ticket = await desk.TicketAsync(stored.TicketId);
        Assert.Equal((queue == "Sales" ? desk.Sales : desk.Support, priority), (ticket.QueueId, ticket.Priority));
        await using var db = desk.Db();
        Assert.Equal(trusted ? ["web-7"] : [], await db.TicketFields.Select(field => field.Value).ToListAsync());
        Assert.Contains(trusted ? "command" : "stripped", stored.Trace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UntrustedCommandHeaders_AreNotSeenByFilters()
    {
        await using var desk = await FlowDesk.StartAsync();
        await SaveAsync(desk, Draft("vip", [new("X-Helpdesk-Vip", FilterOperator.Exists, false, "")], [new("priority", "urgent")]));

        var stored = await desk.TakeAsync("From: a@b.example\nSubject: me first\nX-Helpdesk-Vip: yes\n\nplease");

        Assert.Equal(TicketPriority.Normal, (await desk.TicketAsync(stored.TicketId)).Priority);
    }

    [Fact]
    public async Task Save_NamesEveryFaultByItsPlace()
    {
        await using var desk = await FlowDesk.StartAsync();

        var saved = await desk.Get<FilterEditor>().SaveAsync(
            Draft("", [new("Sub ject", FilterOperator.Contains, false, "x"), new("body", FilterOperator.Regex, false, "("), new("body", FilterOperator.Regex, false, "(a)(?=b)"), new("To", FilterOperator.Equals, false, "")],
                [new("queue", "Nowhere"), new("colour", "red"), new("owner", "nobody@x.test")]),
            Admin);

        Assert.Equal(
            ["actions[0].value", "actions[1].set", "actions[2].value", "conditions[0].field", "conditions[1].value", "conditions[2].value", "conditions[3].value", "name"],
            saved.Errors.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Undo_BringsBackWhatAFilterWas()
    {
        await using var desk = await FlowDesk.StartAsync();
        var editor = desk.Get<FilterEditor>();
        var id = await SaveAsync(desk, Draft("mine", [new("Subject", FilterOperator.Contains, false, "old")], [new("tag", "x")]));
        var changed = Draft("mine", [new("Subject", FilterOperator.Contains, false, "new")], [new("tag", "x")]);
        changed.Id = id;
        await SaveAsync(desk, changed);
        Assert.True((await editor.RemoveAsync(id, Admin)).Ok);

        await using var db = desk.Db();
        var changes = await db.FilterChanges.OrderBy(change => change.Id).ToListAsync();
        Assert.Equal([true, true, true], changes.Select(change => change.ActorName == "Ada"));
        Assert.True((await editor.UndoAsync(changes[2].Id, Admin)).Ok); // the removal
        Assert.Equal("new", (await db.Filters.AsNoTracking().SingleAsync()).Conditions[0].Value);
        Assert.True((await editor.UndoAsync(changes[1].Id, Admin)).Ok); // the change
        Assert.Equal("old", (await db.Filters.AsNoTracking().SingleAsync()).Conditions[0].Value);
        Assert.True((await editor.UndoAsync(changes[0].Id, Admin)).Ok); // its making
        Assert.Empty(await db.Filters.ToListAsync());
    }

    private static FilterDraft Draft(string name, FilterCondition[] conditions, FilterAction[] actions, int order = 0, bool stop = false) =>
        new() { Name = name, Order = order, Stop = stop, Conditions = [.. conditions], Actions = [.. actions] };

    private static async Task<long> SaveAsync(FlowDesk desk, FilterDraft draft)
    {
        var saved = await desk.Get<FilterEditor>().SaveAsync(draft, Admin);
        Assert.True(saved.Ok, string.Join(' ', saved.Errors.SelectMany(pair => pair.Value)));
        return saved.Value;
    }

    private static async Task<string> AgentAsync(FlowDesk desk, string address)
    {
        var user = new HelpdeskUser { UserName = address, Email = address, NormalizedEmail = address.ToUpperInvariant(), NormalizedUserName = address.ToUpperInvariant() };
        await desk.SetUpAsync(db => Task.FromResult(db.Add(user)));
        return user.Id;
    }
}
