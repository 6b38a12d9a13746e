using System.Text;
using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Keys;
using HelpdeskMail.Core.Mailboxes;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.Fetching;

/// <summary>The proof against a real Dovecot: what is on the server is in the ledger, or is named.</summary>
public sealed class ReconcilerTests(MailRig rig) : IClassFixture<MailRig>
{
    private static readonly Actor Ada = new(null, "Ada");

    [RigTheory]
    [InlineData(AfterFetch.Archive, 0, 3)]
    [InlineData(AfterFetch.Delete, 0, 0)]
    [InlineData(AfterFetch.MarkRead, 3, 0)]
    public async Task AllFetched_EverythingOnTheServerIsAccountedFor(AfterFetch after, int inFolder, int inArchive)
    {
        var user = rig.NewUser();
        await using var desk = await DeskAsync(user, mailbox => mailbox.AfterFetch = after);
        Put(user, 1, 2, 3);
        await FetchAsync(desk);
        var fetched = await desk.Get<LedgerQueries>().SummaryAsync(desk.SupportMailbox);

        var found = await ReconcileAsync(desk);

        Assert.Equal((inFolder, inFolder, 0, 0), (found.InFolder, found.Accounted, found.Waiting, found.Unknown));
        Assert.Equal(after == AfterFetch.Archive ? inArchive : null, found.InArchive);
        Assert.Empty(found.Differences);
        var summary = await desk.Get<LedgerQueries>().SummaryAsync(desk.SupportMailbox);
        Assert.Equal((inFolder + inArchive, 3, 0), (summary.OnServer, summary.Accounted, summary.Waiting));
        Assert.Equal((summary.OnServer, summary.InFolder), (fetched.OnServer, fetched.InFolder)); // the fetch had counted right
    }

    [RigFact]
    public async Task MailReadElsewhere_IsNamedAsNewAndFetched()
    {
        var user = rig.NewUser();
        await using var desk = await DeskAsync(user, mailbox => mailbox.AfterFetch = AfterFetch.MarkRead);
        Put(user, 1);
        await FetchAsync(desk);
        Put(user, 2);
        await rig.DoveadmAsync("flags", "add", "-u", user.Address, "\\Seen", "mailbox", "INBOX", "all");

        var before = await ReconcileAsync(desk);
        await FetchAsync(desk);
        var after = await ReconcileAsync(desk);

        Assert.Equal((LedgerDifferenceKind.NewOnServer, 1), Only(before));
        Assert.Equal((2, 1, 1), (before.InFolder, before.Accounted, before.Unknown));
        Assert.Equal((2, 2), (after.InFolder, after.Accounted));
        Assert.Empty(after.Differences);
    }

    [RigFact]
    public async Task NewUidValidity_IsNamed_AndTheNextFetchSettlesIt()
    {
        var user = rig.NewUser();
        await using var desk = await DeskAsync(user, mailbox => mailbox.AfterFetch = AfterFetch.MarkRead);
        Put(user, 1, 2, 3);
        await FetchAsync(desk);
        await rig.NewUidValidityAsync(user);

        var found = await ReconcileAsync(desk);
        await FetchAsync(desk);
        var after = await ReconcileAsync(desk);

        Assert.Equal((LedgerDifferenceKind.Renumbered, 3), Only(found));
        Assert.Equal((3, 3, 0), (after.InFolder, after.Accounted, after.Unknown));
        Assert.Empty(after.Differences);
        await using var db = desk.Db();
        Assert.Equal(3, await db.Tickets.CountAsync());
    }

    [RigFact]
    public async Task MailsMovedByPeople_AreNamed()
    {
        var user = rig.NewUser();
        await using var desk = await DeskAsync(user);
        Put(user, 1, 2, 3);
        await FetchAsync(desk);
        await rig.DoveadmAsync("expunge", "-u", user.Address, "mailbox", "Archive", "subject", "mail 2"); // out of the archive
        await rig.DoveadmAsync("move", "-u", user.Address, "INBOX", "mailbox", "Archive", "subject", "mail 3"); // back into the folder

        var found = await ReconcileAsync(desk);

        Assert.Equal(1, found.InArchive);
        Assert.Equal([(LedgerDifferenceKind.Renumbered, 0), (LedgerDifferenceKind.MovedByPeople, 2)],
            [(LedgerDifferenceKind.Renumbered, Count(found, LedgerDifferenceKind.Renumbered)), (LedgerDifferenceKind.MovedByPeople, Count(found, LedgerDifferenceKind.MovedByPeople))]);
        Assert.Equal(1, Count(found, LedgerDifferenceKind.NewOnServer)); // moved back it has a new number: the fetch will know its bytes
        Assert.Equal((1, 0, 1), (found.InFolder, found.Accounted, found.Unknown));
    }

    [RigFact]
    public async Task WaitingMailThatLeftTheServer_IsNamed()
    {
        var user = rig.NewUser();
        await using var desk = await DeskAsync(user);
        Put(user, 1);
        await FetchAsync(desk);
        Put(user, 2);
        await using (var db = desk.Db())
        {
            // As a fetch leaves it that died after listing.
            var validity = (await db.MailboxStatuses.SingleAsync(row => row.MailboxId == desk.SupportMailbox)).UidValidity;
            db.Ledger.Add(new LedgerEntry { MailboxId = desk.SupportMailbox, Identity = $"{validity}:2", State = LedgerState.Seen, SeenAt = DateTime.UtcNow, Size = 10 });
            db.Ledger.Add(new LedgerEntry { MailboxId = desk.SupportMailbox, Identity = $"{validity}:77", State = LedgerState.Seen, SeenAt = DateTime.UtcNow, Size = 10 });
            await db.SaveChangesAsync();
        }

        var found = await ReconcileAsync(desk);

        Assert.Equal((LedgerDifferenceKind.WaitingGone, 1), Only(found));
        Assert.Equal((1, 0, 1, 0), (found.InFolder, found.Accounted, found.Waiting, found.Unknown));
    }

    [RigFact]
    public async Task FolderSwappedUnderUs_NothingOfTheNewOneIsLost()
    {
        var user = rig.NewUser();
        await using var desk = await DeskAsync(user, mailbox => (mailbox.Folder, mailbox.AfterFetch) = ("Work", AfterFetch.MarkRead));
        await rig.DoveadmAsync("mailbox", "create", "-u", user.Address, "Work", "Other");
        Put(user, 1, 2);
        await rig.DoveadmAsync("move", "-u", user.Address, "Work", "mailbox", "INBOX", "all");
        await FetchAsync(desk);
        Put(user, 3, 4, 5);
        await rig.DoveadmAsync("move", "-u", user.Address, "Other", "mailbox", "INBOX", "all");
        await rig.DoveadmAsync("mailbox", "rename", "-u", user.Address, "Work", "Old");
        await rig.DoveadmAsync("mailbox", "rename", "-u", user.Address, "Other", "Work");

        var found = await ReconcileAsync(desk);
        await FetchAsync(desk);
        var after = await ReconcileAsync(desk);

        Assert.Equal((3, 0, 3), (found.InFolder, found.Accounted, found.Unknown));
        Assert.Equal((3, 3, 0), (after.InFolder, after.Accounted, after.Unknown));
        await using var db = desk.Db();
        Assert.Equal(5, await db.StoredMails.CountAsync());
        Assert.Equal(5, await db.Tickets.CountAsync());
    }

    [RigFact]
    public async Task MarkOfDeletionTakenBack_IsFetchedAfterAReconcile()
    {
        var user = rig.NewUser();
        await using var desk = await DeskAsync(user, mailbox => mailbox.AfterFetch = AfterFetch.MarkRead);
        Put(user, 1, 2);
        await rig.DoveadmAsync("flags", "add", "-u", user.Address, "\\Deleted", "mailbox", "INBOX", "subject", "mail 1");
        await FetchAsync(desk); // lists mail 2 only, and goes on after it
        await rig.DoveadmAsync("flags", "remove", "-u", user.Address, "\\Deleted", "mailbox", "INBOX", "all");

        var found = await ReconcileAsync(desk);
        await FetchAsync(desk);

        Assert.Equal((2, 1, 1), (found.InFolder, found.Accounted, found.Unknown));
        var after = await ReconcileAsync(desk);
        Assert.Equal((2, 2), (after.InFolder, after.Accounted));
        await using var db = desk.Db();
        Assert.Equal(2, await db.Tickets.CountAsync());
    }

    [RigFact]
    public async Task ServerThatCantBeAsked_IsSaidAndTheLastResultStays()
    {
        var user = rig.NewUser();
        await using var desk = await DeskAsync(user);
        await ReconcileAsync(desk);
        await desk.SetUpAsync(async db => (await db.Mailboxes.SingleAsync(row => row.Id == desk.SupportMailbox)).ProtectedPassword = desk.Get<SecretProtector>().Protect("wrong"));

        var result = await desk.Get<Reconciler>().RunAsync(desk.SupportMailbox, Ada, TimeSpan.Zero);

        Assert.Equal(MailboxErrorKind.AuthenticationFailed, result!.Error!.Kind);
        Assert.NotNull(await desk.Get<LedgerQueries>().ReconciliationAsync(desk.SupportMailbox));
    }

    private static (LedgerDifferenceKind, int) Only(Reconciliation found) => Assert.Single(found.Differences.Select(difference => (difference.Kind, difference.Count)));

    private static int Count(Reconciliation found, LedgerDifferenceKind kind) => found.Differences.Where(difference => difference.Kind == kind).Sum(difference => difference.Count);

    private static async Task<Reconciliation> ReconcileAsync(FlowDesk desk)
    {
        var result = await desk.Get<Reconciler>().RunAsync(desk.SupportMailbox, Ada, TimeSpan.FromSeconds(20));
        Assert.Null(result!.Error);
        return result.Found!;
    }

    private static async Task FetchAsync(FlowDesk desk) => Assert.Null((await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox))!.Error);

    private void Put(RigUser user, params int[] numbers)
    {
        foreach (var number in numbers)
            rig.Put(user, Encoding.ASCII.GetBytes($"From: alice@customer.test\r\nSubject: mail {number}\r\nMessage-ID: <{number}@customer.test>\r\n\r\n{new string('x', 10 * number)}\r\n"));
    }

    private async Task<FlowDesk> DeskAsync(RigUser user, Action<Mailbox>? change = null)
    {
        var desk = await FlowDesk.StartAsync();
        await desk.SetUpAsync(async db =>
        {
            var mailbox = await db.Mailboxes.SingleAsync(row => row.Id == desk.SupportMailbox);
            (mailbox.Host, mailbox.Port, mailbox.Encryption, mailbox.PinnedCertificate) = (MailRig.Host, rig.Ports.Imaps, Encryption.Tls, rig.CertificateSha256);
            (mailbox.UserName, mailbox.Address, mailbox.ProtectedPassword) = (user.Address, user.Address, desk.Get<SecretProtector>().Protect(user.Password));
            change?.Invoke(mailbox);
        });
        return desk;
    }
}
