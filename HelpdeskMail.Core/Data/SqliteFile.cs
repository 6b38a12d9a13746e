using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Data;

/// <summary>Makes a SQLite database file ready to be migrated.</summary>
internal static class SqliteFile
{
    /// <summary>Twice SQLite's own: half as many pages for a mail's bytes. Larger ones cost more than they save, since the indexes by content and Message-ID
    /// change a page for every mail. A file keeps the size that it was made with.</summary>
    private const int PageSize = 8192;

    private static readonly TimeSpan LockTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LockRetry = TimeSpan.FromMilliseconds(50);

    /// <summary>Creates the folder, turns WAL on (the file remembers it), and waits until no other process is migrating.</summary>
    /// <returns>The lock, a file beside the database; null for a database in memory. The system frees it with the process, however that ends.</returns>
    public static async Task<FileStream?> PrepareAsync(string connectionString, CancellationToken cancel)
    {
        var file = PathOf(connectionString);
        if (file is null) return null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            var migrating = await LockAsync(file + ".migrating", cancel);
            await TurnOnWalAsync(connectionString, cancel);
            return migrating;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new DatabaseUnavailableException($"The database file {file} can't be used: {error.Message}", error);
        }
    }

    /// <summary>EF's own lock on SQLite is a row of a table: a process killed while migrating leaves it behind, and the next would wait for ever.
    /// Whoever holds the file lock knows that nobody is migrating.</summary>
    public static async Task ClearLeftLockAsync(HelpdeskDb db, CancellationToken cancel) =>
        await db.Database.ExecuteSqlRawAsync("""DROP TABLE IF EXISTS "__EFMigrationsLock";""", cancel);

    /// <summary>Null: not a file.</summary>
    public static string? PathOf(string connectionString)
    {
        var parts = new SqliteConnectionStringBuilder(connectionString);
        return parts.Mode == SqliteOpenMode.Memory || parts.DataSource is "" or ":memory:" ? null : Path.GetFullPath(parts.DataSource);
    }

    private static async Task TurnOnWalAsync(string connectionString, CancellationToken cancel)
    {
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA page_size={PageSize}; PRAGMA journal_mode=WAL;";
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Another process has it (EWOULDBLOCK of Linux and of macOS, a sharing violation of Windows); a disk that can't be written won't be by waiting.</summary>
    private static bool IsHeld(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020);

    private static async Task<FileStream> LockAsync(string file, CancellationToken cancel)
    {
        var patience = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
            }
            catch (IOException held) when (IsHeld(held) && TimeProvider.System.GetElapsedTime(patience) < LockTimeout)
            {
                await Task.Delay(LockRetry, cancel);
            }
        }
    }
}
