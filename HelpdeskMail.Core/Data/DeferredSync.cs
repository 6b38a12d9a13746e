using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;

namespace HelpdeskMail.Core.Data;

/// <summary>
/// Commits that don't wait for the disk (SQLite, PostgreSQL), for mails whose copies on the server are as they were: should the power fail, the database may lack
/// the last of them, as if they had never been fetched, and they are fetched again. <see cref="WaitForDiskAsync"/> comes before a server's copy changes (ADR 10).
/// A killed process loses none: what is committed is the system's to write. Commits of any other transaction wait for the disk, and for all before them.
/// </summary>
public sealed partial class DeferredSync(DatabaseOptions options, WriteGate gate, ILogger<DeferredSync> logger) : IDisposable
{
    /// <summary>How much is written until the write-ahead log is copied into the file.</summary>
    private const long CheckpointEvery = 64L << 20;

    /// <summary>The log begins anew only when all of it is copied, which never is while others go on writing; at this length they wait for it.</summary>
    public const long LongLog = 256L << 20;

    /// <summary>What nobody need copy at once: the next commit that finds the log too long takes no time over it.</summary>
    private const long ShortLog = 8L << 20;

    private readonly string? file = options.Provider == DatabaseProvider.Sqlite ? SqliteFile.PathOf(options.ConnectionString) : null;
    private readonly Lock starting = new();
    private long written;
    private Task copying = Task.CompletedTask;

    /// <summary>Begins a transaction whose commit returns before the disk has it. The context must not be used for another one.</summary>
    public async Task<IDbContextTransaction> BeginAsync(HelpdeskDb db, CancellationToken cancel)
    {
        if (file is not null)
        {
            // Until the connection is closed; each is set up anew when it is opened. The log is copied by CopyLogAsync, not by the writer.
            await db.Database.OpenConnectionAsync(cancel);
            await db.Database.ExecuteSqlRawAsync("PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=0;", cancel);
        }
        var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (options.Provider == DatabaseProvider.PostgreSql) await db.Database.ExecuteSqlRawAsync("SET LOCAL synchronous_commit TO OFF", cancel);
        return transaction;
    }

    /// <summary>Returns when the disk has everything that was committed before. Throws <see cref="IOException"/> or the database's fault.</summary>
    public async Task WaitForDiskAsync(IDbContextFactory<HelpdeskDb> contexts, CancellationToken cancel)
    {
        if (file is not null)
        {
            await Task.Run(() => SyncLog(file + "-wal"), cancel);
        }
        else if (options.Provider == DatabaseProvider.PostgreSql)
        {
            await using var db = await contexts.CreateDbContextAsync(cancel);
            // A commit that waits for its own record of the log waits for all before it. It needs a record: this writes one and touches no table.
            await db.Database.ExecuteSqlRawAsync("SET synchronous_commit TO ON; SELECT pg_logical_emit_message(true, 'helpdesk', '')", cancel);
        }
    }

    /// <summary>To be told about each transaction of <see cref="BeginAsync"/> when it is committed. Returns at once.</summary>
    /// <param name="bytes">How much it wrote, roughly.</param>
    public void Wrote(long bytes)
    {
        if (file is not null && Interlocked.Add(ref written, bytes) >= CheckpointEvery) StartCopying();
    }

    /// <summary>To be told when no more is written for now: what is left of a long log is copied, or somebody's next commit would have to. Returns at once.</summary>
    public void Rests()
    {
        if (Interlocked.Read(ref written) >= ShortLog) StartCopying();
    }

    /// <summary>Waits a while for what is being copied, so that a command leaves no long log behind.</summary>
    public void Dispose()
    {
        lock (starting) Task.WhenAny(copying).Wait(TimeSpan.FromSeconds(30));
    }

    /// <summary>Not by SQLite's own descriptor: this waits for the disk without SQLite's write lock, so that the next batch goes on meanwhile. SQLite holds no lock
    /// on the log itself that closing another descriptor could drop (sqlite.org/walformat.html: they are on the -shm file).</summary>
    private static void SyncLog(string log)
    {
        try
        {
            using var handle = File.OpenHandle(log, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(handle);
        }
        catch (FileNotFoundException)
        {
            // The last connection was closed: it copied the log into the file and waited for the disk.
        }
    }

    private void StartCopying()
    {
        lock (starting)
        {
            if (!copying.IsCompleted) return;
            Interlocked.Exchange(ref written, 0);
            copying = Task.Run(CopyLogAsync);
        }
    }

    private async Task CopyLogAsync()
    {
        try
        {
            await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder(options.ConnectionString) { Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
            await connection.OpenAsync();
            if (Copy(connection) < LongLog) return;
            using var turn = await gate.EnterAsync(CancellationToken.None);
            Copy(connection);
        }
        catch (SqliteException fault)
        {
            LogNotCopied(logger, fault); // it is no worse than before: the next commit that waits for the disk tries, too
        }
        finally
        {
            NativeMemory.GiveBack();
        }
    }

    /// <summary>Copies what no reader needs to find in the log; nobody waits for it.</summary>
    /// <returns>The length of the log in bytes.</returns>
    private static long Copy(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA page_size";
        var page = (long)command.ExecuteScalar()!;
        command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
        using var result = command.ExecuteReader();
        return result.Read() ? result.GetInt64(1) * page : 0;
    }

    [LoggerMessage(LogLevel.Warning, "The write-ahead log could not be copied into the database file")]
    private static partial void LogNotCopied(ILogger logger, Exception fault);
}
