using HelpdeskMail.Core.Settings;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace HelpdeskMail.Core.Data;

/// <summary>
/// The full-text index of messages: words of subject, author and text. FTS5 on SQLite, a GIN index over tsvectors on PostgreSQL; SQL Server has none and is
/// searched row by row. It is no part of EF's model: made beside the migrations, and filled some time after the message
/// (<see cref="Tickets.MessageIndexer"/>), so that taking mail in doesn't wait for it. What is newer than <see cref="Counter.MessageWords"/> says is searched row by row.
/// </summary>
internal static class MessageWords
{
    /// <summary>Newest matches that a search looks at: what a word in half of all messages may cost.</summary>
    private const int MaxMatches = 20_000;

    public static bool IsSupported(HelpdeskDb db) => db.Database.IsSqlite() || db.Database.IsNpgsql();

    /// <summary>Makes the index where it is missing. PostgreSQL's IF NOT EXISTS doesn't look at what another session is just making, so nodes take turns.</summary>
    public static async Task EnsureAsync(HelpdeskDb db, CancellationToken cancel)
    {
        if (!IsSupported(db)) return;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (db.Database.IsNpgsql()) await db.Database.ExecuteSqlRawAsync("SELECT pg_advisory_xact_lock(hashtext('MessageWords'))", cancel);
        await db.Database.ExecuteSqlRawAsync(
            db.Database.IsSqlite()
                ? """CREATE VIRTUAL TABLE IF NOT EXISTS "MessageWords" USING fts5("Words", content='', detail=none, columnsize=0, tokenize='unicode61 remove_diacritics 0');"""
                : """
                CREATE TABLE IF NOT EXISTS "MessageWords" ("MessageId" bigint PRIMARY KEY, "Words" tsvector NOT NULL);
                CREATE INDEX IF NOT EXISTS "IX_MessageWords_Words" ON "MessageWords" USING gin ("Words");
                """,
            cancel);
        await db.Database.ExecuteSqlAsync($"""INSERT INTO "Counters" ("Name", "Value") VALUES ({Counter.MessageWords}, 0) ON CONFLICT DO NOTHING""", cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Adds messages, each once, inside a transaction.</summary>
    public static Task AddAsync(HelpdeskDb db, IReadOnlyList<long> messageIds, CancellationToken cancel) =>
        db.Database.IsSqlite() ? AddToSqliteAsync(db, messageIds, cancel) : AddToPostgresAsync(db, messageIds, cancel);

    /// <summary>Ids of messages with all the words of a text; the last one may go on.</summary>
    public static IQueryable<long> Find(HelpdeskDb db, IReadOnlyList<string> words)
    {
        if (db.Database.IsSqlite())
        {
            var match = string.Join(' ', words.Select(word => $"\"{word}\"")) + "*";
            return db.Database.SqlQuery<long>($"""SELECT rowid AS "Value" FROM "MessageWords" WHERE "MessageWords" MATCH {match} ORDER BY rowid DESC LIMIT {MaxMatches}""");
        }
        var text = string.Join(' ', words);
        return db.Database.SqlQuery<long>($"""
            SELECT "MessageId" AS "Value" FROM "MessageWords"
            WHERE "Words" @@ (nullif(plainto_tsquery('simple', regexp_replace({text}, '[^[:alnum:]]+', ' ', 'g'))::text, '') || ':*')::tsquery
            ORDER BY "MessageId" DESC LIMIT {MaxMatches}
            """);
    }

    private static async Task AddToSqliteAsync(HelpdeskDb db, IReadOnlyList<long> messageIds, CancellationToken cancel)
    {
        var ids = messageIds.ToArray();
        var messages = await db.TicketMessages.Where(message => EF.Parameter(ids).Contains(message.Id)).OrderBy(message => message.Id)
            .Select(message => new { message.Id, message.Subject, message.FromName, message.FromAddress, message.Text }).ToListAsync(cancel);
        await using var command = (SqliteCommand)db.Database.GetDbConnection().CreateCommand();
        command.Transaction = (SqliteTransaction?)db.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = """INSERT INTO "MessageWords" (rowid, "Words") VALUES ($id, $words)""";
        var (id, words) = (command.Parameters.Add("$id", SqliteType.Integer), command.Parameters.Add("$words", SqliteType.Text));
        foreach (var message in messages)
        {
            (id.Value, words.Value) = (message.Id, $"{message.Subject} {message.FromName} {message.FromAddress} {message.Text}");
            command.ExecuteNonQuery(); // SQLite has nothing to await
        }
    }

    /// <summary>100,000 characters stay below the megabyte that a tsvector may have.</summary>
    private static Task<int> AddToPostgresAsync(HelpdeskDb db, IReadOnlyList<long> messageIds, CancellationToken cancel)
    {
        var ids = messageIds.ToArray();
        return db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "MessageWords" ("MessageId", "Words")
            SELECT "Id", to_tsvector('simple', regexp_replace(concat_ws(' ', "Subject", "FromName", "FromAddress", left("Text", 100000)), '[^[:alnum:]]+', ' ', 'g'))
            FROM "TicketMessages" WHERE "Id" = ANY ({ids}) ON CONFLICT DO NOTHING
            """,
            cancel);
    }
}
