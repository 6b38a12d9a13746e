using HelpdeskMail.Core;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Tests.Core.Fetching;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace HelpdeskMail.Tests.Core.Notices;

public sealed class OversizedMailTests
{
    private static readonly string Large = new('x', 3000);

    [Theory, OnSqlite, OnPostgres]
    public async Task LargeMail_StaysOnTheServer_WithItsSenderTakenDown_AndIsAnsweredOnce(DatabaseProvider provider)
    {
        var folder = new ScriptedFolder();
        await using var desk = await StartAsync(folder, provider);
        await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox); // the first fetch; what comes later is new
        folder.Put($"From: Ann <ann@b.example>\nSubject: Photos\nMessage-ID: <big@b>\n\n{Large}");
        folder.Put($"From: cron@b.example\nSubject: Dump\nAuto-Submitted: auto-generated\n\n{Large}");
        folder.Put("From: bob@b.example\nSubject: small\n\nhello");

        for (var i = 0; i < 2; i++) Assert.Null((await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox))!.Error);

        await using var db = desk.Db();
        var rows = await db.Ledger.Where(entry => entry.State == LedgerState.Quarantined).OrderBy(entry => entry.Id).ToListAsync();
        Assert.Equal([("ann@b.example", "Photos", "TooLarge"), ("cron@b.example", "Dump", "TooLarge")], rows.Select(row => (row.Sender!, row.Subject!, row.Reason!)));
        Assert.Equal(["ann@b.example", "cron@b.example"], await db.Quarantine.OrderBy(item => item.Id).Select(item => item.Sender!).ToListAsync());
        Assert.Equal(2, folder.Numbers.Count);
        var (row, mail) = Assert.Single(await desk.NoticesAsync("Too large"));
        Assert.Equal(("ann@b.example", "Too large: Photos", "big@b"), (row.Recipients[0].Address, mail.Subject, mail.InReplyTo[0].Value));
        Assert.Contains($"it has {ByteSize.Of(rows[0].Size)}, and we take at most 2 KB", mail.Text!.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Single(await desk.NoticesAsync("We have received")); // Bob's
    }

    [Fact]
    public async Task MailFromBeforeTheFirstFetch_IsTakenWithoutAWord_UnlessTheMailboxSaysSo()
    {
        foreach (var tell in new[] { false, true })
        {
            var folder = new ScriptedFolder();
            await using var desk = await StartAsync(folder);
            await desk.SetUpAsync(async db => (await db.Mailboxes.SingleAsync(box => box.Name == "support")).FirstFetchNotices = tell);
            folder.Put("From: old@b.example\nSubject: long ago\n\nhello");
            folder.Put($"From: large@b.example\nSubject: long ago\n\n{Large}");
            await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox);
            Assert.Equal(tell ? 2 : 0, (await desk.NoticesAsync()).Count);
            folder.Put("From: new@b.example\nSubject: today\n\nhello");
            await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox);
            Assert.Equal(tell ? 3 : 1, (await desk.NoticesAsync()).Count);
        }
    }

    private static Task<FlowDesk> StartAsync(ScriptedFolder folder, DatabaseProvider provider = DatabaseProvider.Sqlite) => NoticeDesk.StartAsync(
        provider, services => services.AddSingleton<MailSourceFor>(folder.Open).AddSingleton(new MailOptions { MaxMessageBytes = 1500 }));
}
