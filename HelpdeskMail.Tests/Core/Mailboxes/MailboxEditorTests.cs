using HelpdeskMail.Core;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Keys;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Settings;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace HelpdeskMail.Tests.Core.Mailboxes;

public sealed class MailboxEditorTests
{
    private const string Certificate = "AB:12:CD:34:EF:56:AB:12:CD:34:EF:56:AB:12:CD:34:EF:56:AB:12:CD:34:EF:56:AB:12:CD:34:EF:56:AB:12";

    [Theory, OnSqlite, OnPostgres]
    public async Task Save_New_KeepsThePasswordEncryptedAndNeverGivesItBack(DatabaseProvider provider)
    {
        await using var helpdesk = await TestHelpdesk.StartAsync(provider);
        var queue = await helpdesk.QueueAsync(await helpdesk.DepartmentAsync());
        var draft = SampleSetup.Mailbox(queue);
        draft.PinnedCertificate = Certificate;
        draft.Folder = "inbox";

        var id = SampleSetup.Saved(await helpdesk.Get<MailboxEditor>().SaveAsync(draft));

        await using var db = helpdesk.Db();
        var mailbox = (await db.Mailboxes.FindAsync(id))!;
        Assert.DoesNotContain("sesame", mailbox.ProtectedPassword, StringComparison.Ordinal);
        Assert.Equal("open sesame", helpdesk.Get<SecretProtector>().Unprotect(mailbox.ProtectedPassword));
        Assert.Equal(("support@helpdesk.test", "INBOX", 64), (mailbox.UserName, mailbox.Folder, mailbox.PinnedCertificate!.Length));
        var back = (await helpdesk.Get<MailboxDirectory>().DraftAsync(id))!;
        Assert.Equal((null, true), (back.Password, back.HasSavedPassword));
    }

    [Fact]
    public async Task Save_EverythingWrong_NamesEveryField()
    {
        await using var helpdesk = await TestHelpdesk.StartAsync(more: services => services.AddSingleton(new MailOptions()));
        var queue = await helpdesk.QueueAsync(await helpdesk.DepartmentAsync());
        Assert.True((await helpdesk.Get<MailboxEditor>().SaveAsync(SampleSetup.Mailbox(queue))).Ok);

        var saved = await helpdesk.Get<MailboxEditor>().SaveAsync(new()
        {
            Name = "SUPPORT",
            Address = "Support <support@helpdesk.test>",
            Host = "imap.helpdesk.test:993",
            Port = 1993,
            UserName = "a\r\nb",
            PinnedCertificate = "abc",
            Folder = "",
            ArchiveFolder = "%",
            QueueId = null,
            FirstFetch = "some",
            RepliesOnly = true,
            ReplyViaId = 99,
            IntervalMinutes = 0,
            Encryption = (Encryption)9,
            Validity = (Validity)9,
        });

        Assert.Equal(
            ["address", "archiveFolder", "encryption", "firstFetch", "folder", "host", "intervalMinutes", "name", "password", "pinnedCertificate", "port", "queue", "replyVia", "userName", "validity"],
            saved.Errors.Keys.Order());
        Assert.Contains("110, 143, 993, 995", saved.Errors["port"][0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_ArchiveIsTheFolderThatIsFetched_IsAFault()
    {
        await using var helpdesk = await TestHelpdesk.StartAsync();
        var draft = SampleSetup.Mailbox(await helpdesk.QueueAsync(await helpdesk.DepartmentAsync()));
        draft.ArchiveFolder = "Inbox";

        Assert.Equal("archiveFolder", Assert.Single((await helpdesk.Get<MailboxEditor>().SaveAsync(draft)).Errors.Keys));
        draft.AfterFetch = AfterFetch.MarkRead;
        Assert.True((await helpdesk.Get<MailboxEditor>().SaveAsync(draft)).Ok);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Save_OtherHostWithTheSavedPassword_AsksForItAgain(DatabaseProvider provider)
    {
        await using var helpdesk = await TestHelpdesk.StartAsync(provider);
        var id = await helpdesk.MailboxAsync(await helpdesk.QueueAsync(await helpdesk.DepartmentAsync()));
        var editor = helpdesk.Get<MailboxEditor>();
        var draft = (await helpdesk.Get<MailboxDirectory>().DraftAsync(id))!;
        draft.Comment = "kept password";
        Assert.True((await editor.SaveAsync(draft)).Ok);

        draft.Host = "imap.elsewhere.test";

        Assert.Equal("password", Assert.Single((await editor.SaveAsync(draft)).Errors.Keys));
        draft.Password = "another";
        Assert.True((await editor.SaveAsync(draft)).Ok);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Save_AnotherServerForTheSameAddress_StartsTheCursorAnew_AnotherAccountIsRefused(DatabaseProvider provider)
    {
        await using var helpdesk = await TestHelpdesk.StartAsync(provider);
        var id = await helpdesk.MailboxAsync(await helpdesk.QueueAsync(await helpdesk.DepartmentAsync()));
        await using (var db = helpdesk.Db())
        {
            var status = (await db.MailboxStatuses.FindAsync(id))!;
            (status.UidValidity, status.LastUid, status.CursorFolder) = (1, 500, "INBOX");
            db.Ledger.Add(new LedgerEntry { MailboxId = id, Identity = "1:500" });
            await db.SaveChangesAsync();
        }
        var draft = (await helpdesk.Get<MailboxDirectory>().DraftAsync(id))!;
        (draft.Host, draft.Password) = ("imap.elsewhere.test", "another");

        Assert.True((await helpdesk.Get<MailboxEditor>().SaveAsync(draft)).Ok);

        Assert.Equal((0, 0, null), await CursorAsync(helpdesk, id));
        (draft.Address, draft.UserName) = ("sales@helpdesk.test", "sales");
        Assert.Equal("address", Assert.Single((await helpdesk.Get<MailboxEditor>().SaveAsync(draft)).Errors.Keys));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task List_FindsByNameAddressHostAndQueue(DatabaseProvider provider)
    {
        await using var helpdesk = await TestHelpdesk.StartAsync(provider);
        var department = await helpdesk.DepartmentAsync();
        var account = await helpdesk.AccountAsync();
        var first = await helpdesk.MailboxAsync(await helpdesk.QueueAsync(department, "Вопросы"), "alpha", account);
        var second = await helpdesk.MailboxAsync(await helpdesk.QueueAsync(department, "Support"), "Beta");
        var directory = helpdesk.Get<MailboxDirectory>();

        Assert.Equal([first, second], (await directory.ListAsync()).Select(row => row.Id));
        Assert.Equal([first], (await directory.ListAsync("вопрос")).Select(row => row.Id));
        Assert.Equal([second], (await directory.ListAsync("BET")).Select(row => row.Id));
        Assert.Equal(2, (await directory.ListAsync("imap.HELPDESK")).Count);
        var row = (await directory.GetAsync(first))!;
        Assert.Equal(("Вопросы", "support-smtp", MailboxState.Never), (row.Queue, row.ReplyVia, row.Status.State));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task InError_CountsValidMailboxesThatFailed(DatabaseProvider provider)
    {
        await using var helpdesk = await TestHelpdesk.StartAsync(provider);
        var queue = await helpdesk.QueueAsync(await helpdesk.DepartmentAsync());
        var failed = await helpdesk.MailboxAsync(queue, "failed");
        await helpdesk.MailboxAsync(queue, "well");
        await using (var db = helpdesk.Db())
        {
            (await db.MailboxStatuses.FindAsync(failed))!.ErrorStreak = 2;
            await db.SaveChangesAsync();
        }

        Assert.Equal(1, await helpdesk.Get<MailboxDirectory>().InErrorAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Remove_MailCameInThroughIt_IsRefused(DatabaseProvider provider)
    {
        await using var helpdesk = await TestHelpdesk.StartAsync(provider);
        var queue = await helpdesk.QueueAsync(await helpdesk.DepartmentAsync());
        var used = await helpdesk.MailboxAsync(queue, "used");
        var unused = await helpdesk.MailboxAsync(queue, "unused");
        await using (var db = helpdesk.Db())
        {
            db.Ledger.Add(new LedgerEntry { MailboxId = used, Identity = "1:1" });
            await db.SaveChangesAsync();
        }
        var heard = 0;
        helpdesk.Get<LiveUpdates>().Changed += topic => heard += topic == LiveTopic.Mailboxes ? 1 : 0;

        Assert.Equal("", Assert.Single((await helpdesk.Get<MailboxEditor>().RemoveAsync(used)).Errors.Keys));
        Assert.True((await helpdesk.Get<MailboxEditor>().RemoveAsync(unused)).Ok);
        await Eventually.TrueAsync(() => heard > 0, TimeSpan.FromSeconds(5), "pages hear of it");
        Assert.Equal([used], (await helpdesk.Get<MailboxDirectory>().ListAsync()).Select(row => row.Id));
    }

    private static async Task<(long, long, string?)> CursorAsync(TestHelpdesk helpdesk, long id)
    {
        await using var db = helpdesk.Db();
        var status = (await db.MailboxStatuses.FindAsync(id))!;
        return (status.UidValidity, status.LastUid, status.CursorFolder);
    }
}
