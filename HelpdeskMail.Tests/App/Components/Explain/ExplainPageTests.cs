using System.Text;
using Bunit;
using HelpdeskMail.App.Components.Pages.Explain;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Settings;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.Explain;

public sealed class ExplainPageTests
{
    private const string Mail = "From: anna@example.org\nSubject: Help\n\nplease";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task PastedMail_IsExplained_AndNothingIsWritten()
    {
        await using var portal = await PageTest.StartAsync();
        await AddQueueAsync(portal);
        portal.JSInterop.Setup<IJSStreamReference>("helpdesk.bytes", "raw").SetResult(new Pasted("\n\n" + Mail));
        var page = portal.Render<ExplainPage>();

        await ExplainAsync(page);

        page.WaitForElement("[data-decision=CreateTicket]", Patience);
        Assert.Contains("A new ticket in queue Support.", page.Markup, StringComparison.Ordinal);
        Assert.Contains(page.FindAll(".trace-name"), step => step.TextContent == "default queue");
        await using var db = portal.Db();
        Assert.Equal((0, 0), (await db.StoredMails.CountAsync(), await db.Tickets.CountAsync()));
    }

    [Theory]
    [InlineData("", "Paste a mail first")]
    [InlineData("Dear colleagues,\nhow are you?", "does not look like a mail")]
    public async Task WhatIsNoMail_IsToldBesideTheField(string pasted, string words)
    {
        await using var portal = await PageTest.StartAsync();
        portal.JSInterop.Setup<IJSStreamReference>("helpdesk.bytes", "raw").SetResult(new Pasted(pasted));
        var page = portal.Render<ExplainPage>();

        await ExplainAsync(page);

        Assert.Contains(words, page.WaitForElement("#raw-error", Patience).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UploadedFile_IsExplained_AndOneThatIsTooLargeIsRefused()
    {
        await using var portal = await PageTest.StartAsync();
        portal.Services.GetRequiredService<MailOptions>().MaxMessageBytes = 1000;
        await AddQueueAsync(portal);
        var page = portal.Render<ExplainPage>();
        await page.FindAll("input[name=source]")[1].ChangeAsync(new() { Value = true });

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(new string('x', 2000), "big.eml"));
        Assert.Contains("more than", page.WaitForElement("#file-error", Patience).TextContent, StringComparison.Ordinal);

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(Mail, "help.eml"));
        page.WaitForAssertion(() => Assert.Contains("help.eml", page.Markup, StringComparison.Ordinal), Patience);
        await ExplainAsync(page);
        page.WaitForElement("[data-decision=CreateTicket]", Patience);
    }

    [Fact]
    public async Task StoredMailOfTheUrl_IsExplainedAtOnce_BesideWhatWasDecidedThen()
    {
        await using var portal = await PageTest.StartAsync();
        await AddQueueAsync(portal);
        var stored = await portal.Services.GetRequiredService<MailIntake>().StoreAsync(Encoding.ASCII.GetBytes(Mail), MailSourceKind.Inbound, null, notices: false);
        await portal.Services.GetRequiredService<MailProcessor>().ProcessWaitingAsync();
        portal.Navigation.NavigateTo($"explain?mail={stored.Value}");

        var page = portal.Render<ExplainPage>();

        page.WaitForElement("[data-decision=CreateTicket]", Patience);
        Assert.Contains("A new ticket in queue Support.", page.WaitForElement("[aria-labelledby=then-title]", Patience).TextContent, StringComparison.Ordinal);
        Assert.Contains("Help", page.WaitForElement(".pick-list", Patience).TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("explain?mail=nonsense", "#raw")]
    [InlineData("explain?mail=4711", "#mail-error")]
    public async Task MailOfTheUrlThatIsNone_LeavesThePageWhole(string url, string shown)
    {
        await using var portal = await PageTest.StartAsync();
        portal.Navigation.NavigateTo(url);

        Assert.NotNull(portal.Render<ExplainPage>().WaitForElement(shown, Patience));
    }

    private static async Task AddQueueAsync(PageTest portal)
    {
        await using var db = portal.Db();
        db.Add(new Queue { Name = "Support", Color = "#1e88e5", Department = new Department { Name = "Customer service" } });
        await db.SaveChangesAsync();
    }

    private static Task ExplainAsync(IRenderedComponent<ExplainPage> page) =>
        page.FindAll("button").Single(button => button.TextContent.Contains("Explain", StringComparison.Ordinal)).ClickAsync(new());

    private sealed class Pasted(string text) : IJSStreamReference
    {
        private readonly byte[] bytes = Encoding.UTF8.GetBytes(text);

        public long Length => bytes.Length;

        public ValueTask<Stream> OpenReadStreamAsync(long maxAllowedSize = 512000, CancellationToken cancellationToken = default) => ValueTask.FromResult<Stream>(new MemoryStream(bytes));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
