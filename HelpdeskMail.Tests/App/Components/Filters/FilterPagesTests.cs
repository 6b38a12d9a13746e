using Bunit;
using HelpdeskMail.App.Components.Pages.Filters;
using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Routing.Filters;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using Xunit;
using FilterOperator = HelpdeskMail.Core.Routing.Filters.FilterOperator;

namespace HelpdeskMail.Tests.App.Components.Filters;

public sealed class FilterPagesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly Actor Ada = new(null, "Ada");

    [Fact]
    public async Task Form_ShowsFaultsBesideTheirFields_ThenSaves()
    {
        await using var portal = await PageTest.StartAsync();
        await AddQueueAsync(portal);
        var page = portal.Render<FilterForm>();

        await page.WaitForElement("form", Patience).SubmitAsync();
        page.WaitForElement("#name-error", Patience);
        Assert.Contains("Must not be empty", page.Find("[id='conditions[0].value-error']").TextContent, StringComparison.Ordinal);
        Assert.Contains("There is no queue", page.Find("[id='actions[0].value-error']").TextContent, StringComparison.Ordinal);

        page.Find("#name").Change("Invoices");
        page.Find("[id='conditions[0].value']").Change("invoice");
        page.Find("[id='conditions[0].operator']").Change("2"); // starts with
        page.Find("[id='actions[0].value']").Change("0"); // the only queue
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.EndsWith("/filters", portal.Navigation.Uri, StringComparison.Ordinal), Patience);
        await using var db = portal.Db();
        var saved = await db.Filters.SingleAsync();
        Assert.Equal(("Invoices", new FilterCondition("Subject", FilterOperator.StartsWith, false, "invoice"), new FilterAction("queue", "Support")), (saved.Name, saved.Conditions.Single(), saved.Actions.Single()));
    }

    [Fact]
    public async Task Import_ShowsWhatWouldChange_BeforeItDoes()
    {
        await using var portal = await PageTest.StartAsync();
        await AddQueueAsync(portal);
        var page = portal.Render<FilterImport>();

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("""{ "filters": [ { "name": "bills", "conditions": [ { "field": "Subject", "operator": "contains", "value": "bill" } ], "actions": [ { "set": "queue", "value": "Nowhere" } ] } ] }""", "bad.json"));
        page.WaitForAssertion(() => Assert.Contains("There is no queue", page.Find("#file-error").TextContent, StringComparison.Ordinal), Patience);

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("""{ "version": 1, "settings": { "mail.gateway.loop.threshold": 7 }, "filters": [ { "name": "bills", "conditions": [ { "field": "Subject", "operator": "contains", "value": "bill" } ], "actions": [ { "set": "field:Kind", "value": "bill" } ] } ] }""", "good.json"));
        page.WaitForAssertion(() => Assert.Contains("filters \"bills\": new", page.Find(".import-changes").TextContent, StringComparison.Ordinal), Patience);
        await using (var db = portal.Db()) Assert.Equal(0, await db.Filters.CountAsync());
        await page.FindAll("button").Single(button => button.TextContent.Contains("Import", StringComparison.Ordinal)).ClickAsync(new());

        page.WaitForElement(".notice-ok", Patience);
        await using var after = portal.Db();
        Assert.Equal(new FilterAction("field:Kind", "bill"), (await after.Filters.SingleAsync()).Actions.Single());
        Assert.Equal(0, await after.Settings.CountAsync()); // only the filters of the file count
        Assert.Contains("field Kind: bill", portal.Render<FilterList>().WaitForElement("[data-filter]", Patience).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_SetsAFieldByItsName()
    {
        await using var portal = await PageTest.StartAsync();
        await AddQueueAsync(portal);
        var page = portal.Render<FilterForm>();
        page.WaitForElement("#name", Patience).Change("Contracts");
        page.Find("[id='conditions[0].value']").Change("contract");
        page.Find("[id='actions[0].set']").Change("8"); // a field of the ticket
        page.WaitForElement("#header-0", Patience).Change("Contract");
        page.Find("[id='actions[0].value']").Change("4711");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.EndsWith("/filters", portal.Navigation.Uri, StringComparison.Ordinal), Patience);
        await using var db = portal.Db();
        Assert.Equal(new FilterAction("field:Contract", "4711"), (await db.Filters.SingleAsync()).Actions.Single());
    }

    [Fact]
    public async Task Form_TriesTheFilterOnStoredMail_BeforeItIsSaved()
    {
        await using var portal = await PageTest.StartAsync();
        await AddQueueAsync(portal);
        await TakeAsync(portal, "From: anna@example.org\nSubject: Cheap offer\n\nbuy");
        await TakeAsync(portal, "From: anna@example.org\nSubject: Help\n\nplease");
        var page = portal.Render<FilterForm>();
        page.WaitForElement("[id='conditions[0].value']", Patience).Change("offer");
        page.Find("[id='actions[0].set']").Change("6"); // ignore

        await page.FindAll("button").Single(button => button.TextContent.Contains("Try on these mails", StringComparison.Ordinal)).ClickAsync(new());

        var row = page.WaitForElement("table.trial tbody tr", Patience);
        Assert.Contains("Cheap offer", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("It would have ignored 1.", page.Markup, StringComparison.Ordinal);
        await using var db = portal.Db();
        Assert.Empty(await db.Filters.ToListAsync());
    }

    [Fact]
    public async Task List_SaysWhenAndWhatInWords_WarnsOfAShadow_AndDeletesAfterAsking()
    {
        await using var portal = await PageTest.StartAsync();
        await SaveAsync(portal, new() { Name = "all offers", Stop = true, Conditions = [new("Subject", FilterOperator.Contains, false, "offer")], Actions = [new("ignore", "true")] });
        await SaveAsync(portal, new() { Name = "cheap offers", Conditions = [new("Subject", FilterOperator.Equals, false, "cheap offer")], Actions = [new("tag", "cheap")] });
        var page = portal.Render<FilterList>();

        var row = page.WaitForElement("tr[data-filter='cheap offers']", Patience);
        Assert.Contains("Subject is “cheap offer”", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("tag cheap", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("all offers", row.QuerySelector(".filter-advice")!.TextContent, StringComparison.Ordinal);

        var click = page.Find("[aria-label='Delete all offers']").ClickAsync(new());
        await page.InvokeAsync(() => portal.Services.GetRequiredService<DialogService>().Close(true));
        await click.WaitAsync(Patience);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".filter-advice")), Patience);
    }

    [Fact]
    public async Task History_UndoesAChange()
    {
        await using var portal = await PageTest.StartAsync();
        var id = await SaveAsync(portal, new() { Name = "mine", Conditions = [new("Subject", FilterOperator.Contains, false, "a")], Actions = [new("tag", "x")] });
        await portal.Services.GetRequiredService<FilterEditor>().RemoveAsync(id, Ada);
        var page = portal.Render<FilterHistoryPage>();

        var click = page.WaitForElements("[aria-label='Undo the change of mine']", 2, Patience)[0].ClickAsync(new());
        await page.InvokeAsync(() => portal.Services.GetRequiredService<DialogService>().Close(true));
        await click.WaitAsync(Patience);

        await using var db = portal.Db();
        Assert.Equal("mine", (await db.Filters.SingleAsync()).Name);
    }

    private static async Task AddQueueAsync(PageTest portal)
    {
        await using var db = portal.Db();
        db.Add(new Queue { Name = "Support", Color = "#1e88e5", Department = new Department { Name = "Customer service" } });
        await db.SaveChangesAsync();
    }

    private static async Task TakeAsync(PageTest portal, string raw)
    {
        await portal.Services.GetRequiredService<MailIntake>().StoreAsync(System.Text.Encoding.ASCII.GetBytes(raw.ReplaceLineEndings("\r\n")), MailSourceKind.Inbound, null, notices: false);
        await portal.Services.GetRequiredService<MailProcessor>().ProcessWaitingAsync();
    }

    private static async Task<long> SaveAsync(PageTest portal, FilterDraft draft)
    {
        var saved = await portal.Services.GetRequiredService<FilterEditor>().SaveAsync(draft, Ada);
        Assert.True(saved.Ok, string.Join(' ', saved.Errors.SelectMany(pair => pair.Value)));
        return saved.Value;
    }
}
