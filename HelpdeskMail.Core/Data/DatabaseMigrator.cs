using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;

namespace HelpdeskMail.Core.Data;

/// <summary>Brings the database up to date. Several processes may do it at once: one migrates, the others wait for it.</summary>
public sealed partial class DatabaseMigrator(IDbContextFactory<HelpdeskDb> contexts, DatabaseOptions options, ILogger<DatabaseMigrator> log)
{
    /// <summary>For one statement: an index over millions of rows takes minutes, and so does another node that is making it.</summary>
    private static readonly TimeSpan StatementDeadline = TimeSpan.FromHours(1);

    /// <returns>The migrations that were applied; empty when it was up to date.</returns>
    /// <exception cref="DatabaseUnavailableException">The server can't be reached, the database doesn't exist there, or a newer version has migrated it.</exception>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancel = default)
    {
        using var file = options.Provider == DatabaseProvider.Sqlite ? await SqliteFile.PrepareAsync(options.ConnectionString, cancel) : null;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        db.Database.SetCommandTimeout(StatementDeadline);
        await ConnectAsync(db, cancel);
        await using var second = options.Provider == DatabaseProvider.PostgreSql ? await contexts.CreateDbContextAsync(cancel) : null;
        await using var turn = second is null ? null : await TakeTurnAsync(second, cancel);
        var pending = await PendingAsync(db, cancel);
        if (pending.Count == 0) return pending;
        if (file is not null) await SqliteFile.ClearLeftLockAsync(db, cancel);
        await db.Database.MigrateAsync(cancel);
        await MessageWords.EnsureAsync(db, cancel);
        Migrated(log, options.Provider, pending.Count, pending[^1]);
        return pending;
    }

    /// <summary>What <see cref="MigrateAsync"/> would apply.</summary>
    public async Task<IReadOnlyList<string>> PendingAsync(CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await ConnectAsync(db, cancel);
        return await PendingAsync(db, cancel);
    }

    /// <summary>EF's own lock on PostgreSQL ends with each migration's transaction, and what is pending was read before it. This one lasts as long as the
    /// transaction that is returned.</summary>
    private static async Task<IDbContextTransaction> TakeTurnAsync(HelpdeskDb db, CancellationToken cancel)
    {
        db.Database.SetCommandTimeout(StatementDeadline);
        var turn = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlRawAsync("SELECT pg_advisory_xact_lock(hashtext('HelpdeskMail.Migrations'))", cancel);
        return turn;
    }

    private static async Task<IReadOnlyList<string>> PendingAsync(HelpdeskDb db, CancellationToken cancel)
    {
        var known = db.Database.GetMigrations().ToList();
        var applied = (await db.Database.GetAppliedMigrationsAsync(cancel)).ToList();
        var unknown = applied.Except(known, StringComparer.Ordinal).ToList();
        return unknown.Count == 0
            ? known.Except(applied, StringComparer.Ordinal).ToList()
            : throw new DatabaseUnavailableException($"The database was migrated by another version of HelpdeskMail ({string.Join(", ", unknown)}). Start that version, or one newer than it.");
    }

    /// <summary>Opened here rather than by EF, which would try to create a database that isn't there; on a server that is the administrator's to do.</summary>
    private async Task ConnectAsync(HelpdeskDb db, CancellationToken cancel)
    {
        try
        {
            await db.Database.OpenConnectionAsync(cancel);
        }
        catch (Exception error) when (error is DbException or InvalidOperationException or System.Net.Sockets.SocketException or TimeoutException or ArgumentException)
        {
            throw new DatabaseUnavailableException($"The {options.Provider} database ({Where()}) can't be opened: {error.Message}", error);
        }
    }

    /// <summary>Server and database of the connection string, and nothing else of it.</summary>
    private string Where()
    {
        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = options.ConnectionString };
            string[] keys = ["Host", "Server", "Data Source", "Port", "Database", "Initial Catalog"];
            return string.Join(", ", keys.Where(parts.ContainsKey).Select(key => $"{key} {parts[key]}"));
        }
        catch (ArgumentException)
        {
            return "ConnectionStrings:Helpdesk is malformed";
        }
    }

    [LoggerMessage(LogLevel.Information, "Brought the {Provider} database up to date: {Count} migration(s), the last is {Last}")]
    private static partial void Migrated(ILogger log, DatabaseProvider provider, int count, string last);
}
