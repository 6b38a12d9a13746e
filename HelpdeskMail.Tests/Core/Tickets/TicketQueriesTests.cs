using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.Tickets;

public sealed class TicketQueriesTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task List_FiltersSearchesSortsAndPages(DatabaseProvider provider)
    {
        await using var desk = await FlowDesk.StartAsync(provider);
        await desk.TakeAsync("From: Ännchen <anna@b.example>\nSubject: Printer\n\nthe DRUCKER smokes");
        await desk.TakeAsync("From: bob@b.example\nSubject: Invoice\n\npay me", "sales");
        var closed = await desk.TakeAsync("From: bob@b.example\nSubject: Old\n\nlong ago");
        await desk.ChangeTicketAsync(closed.TicketId, ticket => ticket.State = TicketState.Closed);
        async Task<string> Subjects(TicketFilter filter) => string.Join(',', (await desk.Get<TicketQueries>().ListAsync(filter)).Items.Select(row => row.Subject));

        Assert.Equal("Invoice,Printer", await Subjects(new TicketFilter { Sort = TicketSort.Number }));
        Assert.Equal("Printer,Invoice,Old", await Subjects(new TicketFilter { AllStates = true, Sort = TicketSort.Number, Ascending = true }));
        Assert.Equal("Old", await Subjects(new TicketFilter { States = [TicketState.Closed] }));
        Assert.Equal("Invoice", await Subjects(new TicketFilter { QueueId = desk.Sales }));
        Assert.Equal("Invoice,Old", await Subjects(new TicketFilter { Customer = "BOB@b.example", AllStates = true, Sort = TicketSort.Subject, Ascending = true }));
        Assert.Equal("Printer,Invoice", await Subjects(new TicketFilter { Owner = "none", Sort = TicketSort.Customer }));
        Assert.Equal("Printer", await Subjects(new TicketFilter { Text = "drucker" }));
        Assert.Equal("Printer", await Subjects(new TicketFilter { Text = "ÄNNCHEN" }));
        Assert.Equal("Invoice", await Subjects(new TicketFilter { Text = "[#100002]" }));
        Assert.Equal("", await Subjects(new TicketFilter { Text = "%" }));
        var page = await desk.Get<TicketQueries>().ListAsync(new TicketFilter { AllStates = true, Sort = TicketSort.Number, Ascending = true, Page = 2, PageSize = 2 });
        Assert.Equal((3, "Old"), (page.Total, page.Items.Single().Subject));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Search_FindsWordsInTheIndexAndInWhatIsNewerThanIt(DatabaseProvider provider)
    {
        await using var desk = await FlowDesk.StartAsync(provider);
        await desk.TakeAsync("From: anna.berg@b.example\nSubject: Printer\n\nDer Drucker in der größten Straße smokes");
        await using (var db = desk.Db())
        {
            var longAgo = DateTime.UtcNow.AddHours(-1);
            await db.TicketMessages.ExecuteUpdateAsync(set => set.SetProperty(message => message.CreatedAt, longAgo));
        }
        Assert.Equal(1, await desk.Get<MessageIndexer>().RunAsync());
        await desk.TakeAsync("From: bob@b.example\nSubject: Newer\n\nmy DRUCKER, too");
        Assert.Equal(0, await desk.Get<MessageIndexer>().RunAsync());
        async Task<string> Found(string text) => string.Join(',', (await desk.Get<TicketQueries>().ListAsync(new TicketFilter { Text = text, Sort = TicketSort.Number, Ascending = true })).Items.Select(row => row.Subject));

        Assert.Equal("Printer,Newer", await Found("drucker"));
        Assert.Equal("Printer", await Found("straße DRUCKER smo"));
        Assert.Equal("Printer", await Found("Größten"));
        Assert.Equal("Printer", await Found("anna.berg@b.example"));
        Assert.Equal("Printer", await Found("\"der\" drucker* (in)"));
        Assert.Equal("Newer", await Found("my drucker"));
        Assert.Equal("", await Found("drucker papier"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Change_IsAppliedAndTold(DatabaseProvider provider)
    {
        await using var desk = await FlowDesk.StartAsync(provider);
        var ticket = (await desk.TakeAsync("From: bob@b.example\nSubject: x\n\ny")).TicketId!.Value;
        var actor = new Actor(null, "Agent");

        var changed = await desk.Get<TicketEditor>().ChangeAsync(ticket, new TicketChange(TicketState.Pending, TicketPriority.High, desk.Sales, null, ["vip", " vip", "new"]), actor);
        var again = await desk.Get<TicketEditor>().ChangeAsync(ticket, new TicketChange(TicketState.Pending, Tags: ["new"]), actor);
        var nothing = await desk.Get<TicketEditor>().ChangeAsync(ticket, new TicketChange(TicketState.Pending), actor);

        Assert.Equal((true, true, false), (changed.Value, again.Value, nothing.Value));
        var row = (await desk.Get<TicketQueries>().GetAsync(ticket))!;
        Assert.Equal((TicketState.Pending, TicketPriority.High, "Sales", "new"), (row.State, row.Priority, row.Queue, string.Join(',', row.Tags)));
        Assert.Equal(["created", "state", "priority", "queue", "tags", "tags"], (await desk.Get<TicketQueries>().EventsAsync(ticket)).Select(line => line.Kind));
    }

    [Fact]
    public async Task Change_ThatIsWrong_ChangesNothing()
    {
        await using var desk = await FlowDesk.StartAsync();
        var ticket = (await desk.TakeAsync("From: bob@b.example\nSubject: x\n\ny")).TicketId!.Value;

        var refused = await desk.Get<TicketEditor>().ChangeAsync(ticket, new TicketChange(TicketState.Merged, TicketPriority.Urgent, 999, "nobody"), Actor.System);

        Assert.Equal(["owner", "queue", "state"], refused.Errors.Keys.Order());
        Assert.Equal(TicketPriority.Normal, (await desk.TicketAsync(ticket)).Priority);
    }

    [Fact]
    public async Task HtmlMail_IsShownSanitisedAndSearchableByItsText()
    {
        await using var desk = await FlowDesk.StartAsync();
        var ticket = (await desk.TakeAsync("From: bob@b.example\nSubject: x\nContent-Type: text/html\n\n<style>p{}</style><p>Hello&nbsp;<b>world</b></p><script>alert(1)</script>")).TicketId!.Value;

        var message = Assert.Single(await desk.Get<TicketQueries>().MessagesAsync(ticket));

        Assert.Equal("Hello world", message.Text);
        Assert.DoesNotContain("script", message.Html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("<b>world</b>", message.Html, StringComparison.Ordinal);
    }
}
