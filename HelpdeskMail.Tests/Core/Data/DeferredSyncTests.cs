using HelpdeskMail.Core;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Tests.Core.Fetching;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace HelpdeskMail.Tests.Core.Data;

/// <summary>The disk comes before the server's copy (ADR 10).</summary>
public sealed class DeferredSyncTests
{
    private readonly ScriptedFolder folder = new();

    [UnwrittenPagesFact]
    public async Task Sqlite_BatchIsCommittedBeforeTheDiskHasIt_AndTheServersCopyChangesAfterwards()
    {
        await using var desk = await FlowDesk.StartAsync(DatabaseProvider.Sqlite, services => services.AddSingleton<MailSourceFor>(folder.Open));
        var log = SqliteFile.PathOf(desk.Helpdesk.Database.ConnectionString) + "-wal";
        Fill(20);
        var (committed, acknowledged) = (0UL, new List<ulong>());
        desk.Get<LiveUpdates>().Changed += LookAtLog; // published after the commit
        folder.BeforeAcknowledge = () => acknowledged.Add(UnwrittenPages.Of(log));

        var result = await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox);

        Assert.Equal(20, result!.Acknowledged);
        Assert.NotEqual(0UL, committed);
        Assert.Equal([0UL], acknowledged);

        void LookAtLog(LiveTopic topic)
        {
            if (topic != LiveTopic.Tickets) return;
            desk.Get<LiveUpdates>().Changed -= LookAtLog;
            committed = UnwrittenPages.Of(log);
        }
    }

    [Fact]
    public async Task Sqlite_PowerCutTakesBatchesBack_NextFetchTakesTheirMailsOnce()
    {
        await using var desk = await FlowDesk.StartAsync(DatabaseProvider.Sqlite, services => services.AddSingleton<MailSourceFor>(folder.Open));
        Fill(300);
        folder.BeforeMessage = number =>
        {
            if (number == 300) throw ScriptedFolder.Lost();
        };
        folder.BeforeAcknowledge = () => throw ScriptedFolder.Lost();
        var before = Path.GetTempFileName();
        folder.BeforeMessage += number =>
        {
            if (number == 1) CopyDatabase(desk, before); // listed, nothing downloaded
        };
        Assert.Equal(299, (await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox))!.Decided);

        PutDatabaseBack(desk, before);
        (folder.BeforeMessage, folder.BeforeAcknowledge) = (_ => { }, () => { });
        desk.Helpdesk.Clock.Advance(TimeSpan.FromMinutes(5)); // the lease of the fetch that was cut off runs out
        var next = await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox);

        Assert.Equal((300, 300, 300, 300), (next!.Found, next.Stored, next.Decided, next.Acknowledged));
        await using var db = desk.Db();
        Assert.Equal((300, 300, 300), (await db.Tickets.CountAsync(), await db.StoredMails.CountAsync(), await db.Ledger.CountAsync(entry => entry.State == LedgerState.Acknowledged)));
    }

    [PostgresFact]
    public async Task Postgres_CrashLosesABatchNobodyWaitedFor_AndNoneThatWasWaitedFor()
    {
        await using var server = await CrashingPostgres.StartAsync();
        await using var services = new ServiceCollection().AddLogging().AddHelpdeskDatabase(server.Options).BuildServiceProvider();
        await services.GetRequiredService<DatabaseMigrator>().MigrateAsync();
        var contexts = services.GetRequiredService<IDbContextFactory<HelpdeskDb>>();
        using var gate = new WriteGate(server.Options);
        var sync = new DeferredSync(server.Options, gate, NullLogger<DeferredSync>.Instance);

        await WriteAsync("waited-for");
        await sync.WaitForDiskAsync(contexts, CancellationToken.None);
        await WriteAsync("not-waited-for");
        await server.CrashAsync();

        await using var after = await contexts.CreateDbContextAsync();
        Assert.Equal(["waited-for"], await after.Settings.Where(setting => setting.Key.EndsWith("waited-for")).Select(setting => setting.Key).ToListAsync());

        async Task WriteAsync(string key)
        {
            await using var db = await contexts.CreateDbContextAsync();
            await using var transaction = await sync.BeginAsync(db, CancellationToken.None);
            db.Add(new Setting { Key = key, Value = "" });
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
        }
    }

    [Fact]
    public async Task Sqlite_LongLog_BeginsAnewWhileOthersGoOnWriting()
    {
        await using var helpdesk = await TestHelpdesk.StartAsync();
        var (sync, contexts) = (helpdesk.Get<DeferredSync>(), helpdesk.Get<IDbContextFactory<HelpdeskDb>>());
        var log = SqliteFile.PathOf(helpdesk.Database.ConnectionString) + "-wal";
        const int Megabytes = 30;

        var (rounds, first) = (0, 0UL);
        do // at most 1.8 GB
        {
            using var turn = await helpdesk.Get<WriteGate>().EnterAsync(CancellationToken.None);
            await using var db = await contexts.CreateDbContextAsync();
            await using var transaction = await sync.BeginAsync(db, CancellationToken.None);
            await db.Database.ExecuteSqlAsync($"INSERT INTO \"Settings\" (\"Key\", \"Value\") VALUES ({"k" + rounds}, hex(randomblob({Megabytes << 19})))");
            await transaction.CommitAsync();
            sync.Wrote(Megabytes << 20);
            if (rounds++ == 0) first = Salt(log);
        }
        while (rounds < 60 && Salt(log) == first);

        Assert.InRange(rounds, 9, 59); // 256 MB at the least
        await using var after = await contexts.CreateDbContextAsync();
        Assert.Equal(rounds, await after.Settings.CountAsync(setting => setting.Value.Length > 1000));
    }

    /// <summary>Another one each time that the log begins anew (sqlite.org/fileformat2.html, "WAL Header": bytes 16 to 23).</summary>
    private static ulong Salt(string log)
    {
        Span<byte> header = stackalloc byte[24];
        using var file = File.OpenHandle(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return RandomAccess.Read(file, header, 0) == header.Length ? System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(header[16..]) : 0;
    }

    private void Fill(int count)
    {
        for (var i = 1; i <= count; i++) folder.Put($"From: user{i}@b.example\nSubject: mail {i}\nMessage-ID: <{i}@b>\n\nhello {i}");
    }

    private static void CopyDatabase(FlowDesk desk, string target)
    {
        using var from = new SqliteConnection(desk.Helpdesk.Database.ConnectionString);
        from.Open();
        using var to = new SqliteConnection($"Data Source={target};Pooling=false");
        to.Open();
        from.BackupDatabase(to);
    }

    private static void PutDatabaseBack(FlowDesk desk, string copy)
    {
        using (var from = new SqliteConnection($"Data Source={copy};Pooling=false"))
        {
            from.Open();
            using var to = new SqliteConnection(desk.Helpdesk.Database.ConnectionString);
            to.Open();
            from.BackupDatabase(to);
        }
        File.Delete(copy);
    }
}
