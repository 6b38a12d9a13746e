using HelpdeskMail.Core.Customers;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Tickets;
using Xunit;

namespace HelpdeskMail.Tests.Core.Departments;

public sealed class DepartmentEditorTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task List_ShowsQueuesWithTheirMailboxesAndOpenTickets(DatabaseProvider provider)
    {
        await using var helpdesk = await TestHelpdesk.StartAsync(provider);
        var account = await helpdesk.AccountAsync();
        var sales = await helpdesk.DepartmentAsync("sales");
        var support = await helpdesk.DepartmentAsync("Support", account);
        var second = await helpdesk.QueueAsync(support, "second line");
        var first = await helpdesk.QueueAsync(support, "First line");
        await helpdesk.MailboxAsync(first, "info");
        await TicketAsync(helpdesk, first, TicketState.Open, "1");
        await TicketAsync(helpdesk, first, TicketState.Closed, "2");

        var rows = await helpdesk.Get<DepartmentDirectory>().ListAsync();

        Assert.Equal([sales, support], rows.Select(row => row.Id));
        Assert.Equal("support-smtp", rows[1].OutboundAccount);
        Assert.Equal([first, second], rows[1].Queues.Select(queue => queue.Id));
        Assert.Equal((1, "info"), (rows[1].Queues[0].OpenTickets, string.Join(",", rows[1].Queues[0].Mailboxes)));
        Assert.Equal(["First line", "second line"], (await helpdesk.Get<DepartmentDirectory>().QueuesAsync()).Select(queue => queue.Name));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Save_EverythingWrong_NamesEveryField(DatabaseProvider provider)
    {
        await using var helpdesk = await TestHelpdesk.StartAsync(provider);
        var department = await helpdesk.DepartmentAsync("Вопросы");
        await helpdesk.QueueAsync(department, "Support");
        var editor = helpdesk.Get<DepartmentEditor>();

        var again = await editor.SaveDepartmentAsync(new() { Name = " вопросы ", OutboundAccountId = 99 });
        var queue = await editor.SaveQueueAsync(new() { Name = "SUPPORT", Color = "red", DepartmentId = 99, ClosedTicketPolicy = (ClosedTicketPolicy)7 });

        Assert.Equal(["name", "outboundAccount"], again.Errors.Keys.Order());
        Assert.Equal(["closedTicketPolicy", "color", "department", "name"], queue.Errors.Keys.Order());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Save_Existing_ChangesIt(DatabaseProvider provider)
    {
        await using var helpdesk = await TestHelpdesk.StartAsync(provider);
        var department = await helpdesk.DepartmentAsync();
        var queue = await helpdesk.QueueAsync(department);
        var directory = helpdesk.Get<DepartmentDirectory>();
        var draft = (await directory.QueueDraftAsync(queue))!;
        (draft.Name, draft.Color, draft.ClosedTicketPolicy) = ("support", "#ABCDEF", ClosedTicketPolicy.NewLinked);

        Assert.Equal(queue, SampleSetup.Saved(await helpdesk.Get<DepartmentEditor>().SaveQueueAsync(draft)));

        var row = Assert.Single((await directory.ListAsync())[0].Queues);
        Assert.Equal(("support", "#abcdef", ClosedTicketPolicy.NewLinked), (row.Name, row.Color, row.ClosedTicketPolicy));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Remove_InUse_SaysByWhat(DatabaseProvider provider)
    {
        await using var helpdesk = await TestHelpdesk.StartAsync(provider);
        var department = await helpdesk.DepartmentAsync();
        var queue = await helpdesk.QueueAsync(department, "First line");
        var free = await helpdesk.QueueAsync(department, "Free");
        await helpdesk.MailboxAsync(queue, "info");
        await TicketAsync(helpdesk, queue, TicketState.Closed, "1");
        var editor = helpdesk.Get<DepartmentEditor>();

        Assert.Contains("First line", Assert.Single((await editor.RemoveDepartmentAsync(department)).Errors[""]), StringComparison.Ordinal);
        Assert.Collection(
            (await editor.RemoveQueueAsync(queue)).Errors[""],
            text => Assert.Contains("1 ticket", text, StringComparison.Ordinal),
            text => Assert.Contains("info", text, StringComparison.Ordinal));
        Assert.True((await editor.RemoveQueueAsync(free)).Ok);
        Assert.Equal("id", Assert.Single((await editor.RemoveQueueAsync(free)).Errors.Keys));
    }

    private static async Task TicketAsync(TestHelpdesk helpdesk, long queue, TicketState state, string number)
    {
        await using var db = helpdesk.Db();
        db.Tickets.Add(new Ticket { Number = number, Subject = "s", State = state, QueueId = queue, Customer = new Customer { Name = "c", Address = $"{number}@example.org" } });
        await db.SaveChangesAsync();
    }
}
