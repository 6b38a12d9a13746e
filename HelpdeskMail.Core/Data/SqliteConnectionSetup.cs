using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace HelpdeskMail.Core.Data;

/// <summary>What SQLite keeps per connection and forgets with it.</summary>
internal sealed class SqliteConnectionSetup : DbConnectionInterceptor
{
    /// <summary>
    /// synchronous=FULL: in WAL mode NORMAL may lose the last commits on a power cut, and by then the mail is gone from its server.
    /// Where the server's copy is still there, <see cref="DeferredSync"/> does without for a transaction.
    /// busy_timeout: SQLite's own back-off wakes a waiting writer within milliseconds; the driver's retry sleeps 150 ms.
    /// cache_size: 16 MB (SQLite's own is 2), so that a batch of mails isn't spilled before its commit and the indexes stay at hand.
    /// wal_autocheckpoint: 64 MB, so that not every batch of mails copies the log into the file.
    /// journal_size_limit: a log that grew longer than it does in a first fetch gives its space back. Cutting 200 MB off takes 0.1 s with the write lock.
    /// </summary>
    private static readonly string Pragmas = "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=30000; PRAGMA cache_size=-16384; PRAGMA wal_autocheckpoint=8192; "
        + string.Create(CultureInfo.InvariantCulture, $"PRAGMA journal_size_limit={DeferredSync.LongLog};");

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => SetUp((SqliteConnection)connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        SetUp((SqliteConnection)connection); // SQLite has nothing to await
        return Task.CompletedTask;
    }

    private static void SetUp(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
        TextSearch.Register(connection);
    }
}
