using Bunit;
using HelpdeskMail.App.Components.Pages.Ledger;
using HelpdeskMail.App.Components.Pages.Quarantine;
using HelpdeskMail.App.Components.Pages.Replay;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Quarantine;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.Ledger;

public sealed class LedgerPagesTests
{
    [Fact]
    public async Task Ledger_SaysTheProofAndNamesTheDifferences()
    {
        await using var portal = await PortalContext.StartAsync();
        var mailbox = await Mailboxes.MailboxFormTests.SavedAsync(portal);
        await using (var db = await DbAsync(portal))
        {
            db.Ledger.Add(new LedgerEntry { MailboxId = mailbox, Identity = "7:1", Subject = "Heating", State = LedgerState.Acknowledged, SeenAt = DateTime.UtcNow });
            db.Reconciliations.Add(new Reconciliation
            {
                MailboxId = mailbox,
                At = DateTime.UtcNow,
                ActorName = "Ada",
                InFolder = 3,
                Accounted = 1,
                Waiting = 1,
                Unknown = 1,
                Differences = [new(LedgerDifferenceKind.NewOnServer, 1, [new(null, "7:3", 10, DateTime.UtcNow, null)])],
            });
            await db.SaveChangesAsync();
        }

        var page = portal.Render<LedgerPage>(parameters => parameters.Add(p => p.Id, mailbox));

        page.WaitForElement("tr[data-entry]");
        Assert.Contains("3 on the server, 1 accounted for: 1 waiting, 1 not in the ledger", page.Markup, StringComparison.Ordinal);
        Assert.Contains("the next fetch takes them", page.Find("[data-difference=NewOnServer]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ledger_ThatIsEven_SaysAllThatTheServerHolds_InTheFolderAndInTheArchive()
    {
        await using var portal = await PortalContext.StartAsync();
        var mailbox = await Mailboxes.MailboxFormTests.SavedAsync(portal);
        await using (var db = await DbAsync(portal))
        {
            db.Reconciliations.Add(new Reconciliation { MailboxId = mailbox, At = DateTime.UtcNow, ActorName = "Ada", InFolder = 60, Accounted = 60, InArchive = 70 });
            await db.SaveChangesAsync();
        }

        var page = portal.Render<LedgerPage>(parameters => parameters.Add(p => p.Id, mailbox));

        page.WaitForElement(".notice-ok");
        Assert.Contains("130 on the server = 130 accounted for", page.Markup, StringComparison.Ordinal);
        Assert.Contains("60 in the folder, 70 moved to the archive folder and there.", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quarantine_SearchThatFindsNothing_DoesNotSayHowManyOthersThereAre()
    {
        await using var portal = await PortalContext.StartAsync();
        await using (var db = await DbAsync(portal))
        {
            db.Quarantine.Add(new QuarantineItem { Reason = "TooLarge", Sentence = "too large", Subject = "Photos", Since = DateTime.UtcNow });
            await db.SaveChangesAsync();
        }
        portal.Get<NavigationManager>().NavigateTo("quarantine");
        var all = portal.Render<QuarantineList>();
        all.WaitForElement("tr[data-item]");
        Assert.Contains("1 mail", all.Find(".pager").TextContent, StringComparison.Ordinal);

        portal.Get<NavigationManager>().NavigateTo("quarantine?q=elephants");
        var none = portal.Render<QuarantineList>();

        none.WaitForElement(".empty");
        Assert.Empty(none.FindAll(".pager"));
    }

    [Fact]
    public async Task Quarantine_DoesToTheChosenWhatIsAsked()
    {
        await using var portal = await PortalContext.StartAsync();
        await Mailboxes.MailboxFormTests.SavedAsync(portal);
        var stored = await portal.Get<MailIntake>().StoreAsync("From: a@b.example\r\nSubject: odd\r\n\r\nx"u8.ToArray(), MailSourceKind.Inbound, "support", notices: false);
        await using (var db = await DbAsync(portal))
        {
            await db.StoredMails.ExecuteUpdateAsync(set => set.SetProperty(mail => mail.State, StoredMailState.Quarantined));
            db.Quarantine.Add(new QuarantineItem { Reason = "ProcessingFailed", Sentence = "a bug", Subject = "odd", StoredMailId = stored.Value, Since = DateTime.UtcNow });
            await db.SaveChangesAsync();
        }
        var page = portal.Render<QuarantineList>();
        page.WaitForElement("tr[data-item]");
        Assert.True(page.FindAll("button").All(button => button.HasAttribute("disabled"))); // nothing is chosen yet

        await page.Find("tr[data-item] input").ChangeAsync(new() { Value = true });
        await page.FindAll("button").First(button => button.TextContent.Contains("Try again", StringComparison.Ordinal)).ClickAsync(new());
        await page.WaitForElement("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("Done", page.Find(".notice-ok").TextContent, StringComparison.Ordinal), TimeSpan.FromSeconds(20));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("tr[data-item]")), TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("ann@b.example", true, "ann@b.example")]
    [InlineData(null, false, "nobody could be told")]
    public async Task Quarantine_OffersRejectForMailOnItsServer_WhereItsSenderIsKnown(string? sender, bool offered, string words)
    {
        await using var portal = await PortalContext.StartAsync();
        await Mailboxes.MailboxFormTests.SavedAsync(portal);
        await using (var db = await DbAsync(portal))
        {
            db.Quarantine.Add(new QuarantineItem { Reason = "TooLarge", Sentence = "too large", Subject = "Photos", Sender = sender, LedgerEntryId = 1, Since = DateTime.UtcNow });
            await db.SaveChangesAsync();
        }

        var page = portal.Render<QuarantinePage>(parameters => parameters.Add(p => p.Id, 1));

        page.WaitForElement(".quarantine-bar");
        var reject = page.FindAll(".quarantine-bar button").Single(button => button.TextContent.Contains("Reject", StringComparison.Ordinal));
        Assert.Equal(!offered, reject.HasAttribute("disabled"));
        Assert.Contains(words, page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_ShowsWhatWouldDiffer()
    {
        await using var portal = await PortalContext.StartAsync();
        await Mailboxes.MailboxFormTests.SavedAsync(portal);
        await portal.Get<MailIntake>().StoreAsync("From: a@b.example\r\nSubject: odd\r\n\r\nx"u8.ToArray(), MailSourceKind.Inbound, "support", notices: false);
        await using (var db = await DbAsync(portal))
        {
            await db.StoredMails.ExecuteUpdateAsync(set => set.SetProperty(mail => mail.State, StoredMailState.Decided).SetProperty(mail => mail.Decision, DecisionKind.Ignore).SetProperty(mail => mail.Reason, DecisionReason.OwnMessage));
        }
        var page = portal.Render<ReplayPage>();

        await page.FindAll("button").First(button => button.TextContent.Contains("Preview", StringComparison.Ordinal)).ClickAsync(new());

        var row = page.WaitForElement("tr[data-mail]", TimeSpan.FromSeconds(20));
        Assert.Contains("a new ticket", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("it is decided now", row.TextContent, StringComparison.Ordinal);
    }

    private static Task<HelpdeskDb> DbAsync(PortalContext portal) => portal.Get<IDbContextFactory<HelpdeskDb>>().CreateDbContextAsync();
}
