using System.Data.Common;
using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Ingestion;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.Data;

public sealed class BulkRowsTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task TimesThatAreMissing_FirstOrLast_DontSpoilTheOthers(DatabaseProvider provider)
    {
        await using var desk = await FlowDesk.StartAsync(provider);
        var at = new DateTime(2026, 11, 22, 8, 0, 0, DateTimeKind.Utc);
        DateTime?[] times = [null, at, null];
        await using (var db = desk.Db())
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await BulkRows.InsertAsync(db, times.Select((time, index) => new LedgerEntry { MailboxId = desk.SupportMailbox, Identity = $"7:{index}", ReceivedAt = time, SeenAt = at }).ToList(), CancellationToken.None);
            await transaction.CommitAsync();
        }

        await using var after = desk.Db();
        Assert.Equal(times, await after.Ledger.OrderBy(entry => entry.Id).Select(entry => entry.ReceivedAt).ToListAsync());
    }

    /// <summary>Around the lengths at which PostgreSQL's rows are sent in another way.</summary>
    [Theory, OnSqlite, OnPostgres]
    public async Task BytesAndTexts_OfAnyLength_AreReadBackAsTheyWere(DatabaseProvider provider)
    {
        await using var desk = await FlowDesk.StartAsync(provider);
        int[] lengths = [0, 1, 2000, 32 * 1024, (32 * 1024) + 1, 100_000, 128 * 1024, 150_000, 1_000_000];
        var random = new Random(5);
        var mails = lengths.Select(length => Bytes(random, length)).ToList();
        var texts = lengths.Select(length => string.Concat(Enumerable.Repeat("aß€😀", length / 4))).ToList();
        await using (var db = desk.Db())
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            // As a part of a longer array, as a fetch has them.
            await RawStore.InsertAsync(db, [.. mails.Select(mail => (RawStore.NewMail(mail, MailSourceKind.Fetch, null, notices: false, DateTime.UtcNow), new ReadOnlyMemory<byte>([1, 2, .. mail, 3])[2..^1]))], CancellationToken.None);
            await BulkRows.InsertAsync(db, texts.ConvertAll(text => new Communication { Account = "support", Summary = text, StartedAt = DateTime.UtcNow, Level = LogLevels.Info, Duration = text.Length + 0.25 }), CancellationToken.None);
            await transaction.CommitAsync();
        }

        await using var after = desk.Db();
        var read = await after.StoredMails.OrderBy(mail => mail.Id).Select(mail => mail.Raw!.Bytes).ToListAsync();
        Assert.Equal(lengths, read.Select(bytes => bytes.Length));
        Assert.All(read.Zip(mails), pair => Assert.True(pair.First.AsSpan().SequenceEqual(pair.Second)));
        var log = await after.Communications.Where(row => row.Account == "support").OrderBy(row => row.Id).ToListAsync();
        Assert.Equal(texts, log.Select(row => row.Summary));
        Assert.Equal(texts.Select(text => (double?)(text.Length + 0.25)), log.Select(row => row.Duration));
    }

    [PostgresFact]
    public async Task RowThatPostgresRefuses_IsNamedByTheServer_AndTheConnectionWorksOn()
    {
        await using var desk = await FlowDesk.StartAsync(DatabaseProvider.PostgreSql);
        await using var db = desk.Db();
        await using (await db.Database.BeginTransactionAsync())
        {
            var fault = await Assert.ThrowsAnyAsync<DbException>(() => BulkRows.InsertAsync(db, [Row("7:1"), Row("7:2"), Row("7:1")], CancellationToken.None));
            Assert.Equal("23505", fault.SqlState);
        }
        await using (await db.Database.BeginTransactionAsync())
        {
            await Assert.ThrowsAnyAsync<DbException>(() => BulkRows.InsertAsync(db, [Row("7:1"), Row("7:2\0")], CancellationToken.None));
        }
        await using (await db.Database.BeginTransactionAsync())
        {
            await Assert.ThrowsAnyAsync<InvalidOperationException>(() => BulkRows.InsertAsync(db, typeof(RawMail), [new Reading(1, [], () => throw new InvalidOperationException("It can't be read."))], CancellationToken.None)); // in the middle of a row
        }

        await using (await db.Database.BeginTransactionAsync())
        {
            await db.Database.ExecuteSqlRawAsync("SET TRANSACTION READ ONLY");
            var fault = await Assert.ThrowsAnyAsync<DbException>(() => BulkRows.InsertAsync(db, [Row("7:1")], CancellationToken.None));
            Assert.True(DatabaseFault.IsStorage(fault), fault.ToString());
        }
        await using (await db.Database.BeginTransactionAsync())
        {
            await db.Database.ExecuteSqlRawAsync("SET TRANSACTION READ ONLY");
            var fault = await Assert.ThrowsAnyAsync<Exception>(() => BulkRows.InsertAsync(db, [new RawMail { StoredMailId = 1, Bytes = [1] }], CancellationToken.None));
            Assert.True(DatabaseFault.IsStorage(fault), fault.ToString());
        }

        Assert.Empty(await db.Ledger.ToListAsync());
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            await BulkRows.InsertAsync(db, [Row("7:1")], CancellationToken.None);
            await transaction.CommitAsync();
        }
        Assert.Single(await db.Ledger.ToListAsync());

        LedgerEntry Row(string identity) => new() { MailboxId = desk.SupportMailbox, Identity = identity, SeenAt = DateTime.UtcNow };
    }

    /// <summary>At the end of a short statement, and in the middle of a long one, where writing fails.</summary>
    [PostgresTheory]
    [InlineData(2, 10)]
    [InlineData(400, 100_000)]
    public async Task PostgresThatHangsUpWhileRowsAreSent_IsTheDatabasesFault_NotTheMails(int rows, int bytes)
    {
        await using var desk = await FlowDesk.StartAsync(DatabaseProvider.PostgreSql);
        await using var other = desk.Db();
        await using var db = desk.Db();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var backend = await db.Database.SqlQuery<int>($"""SELECT pg_backend_pid() AS "Value" """).SingleAsync();
        var mails = Enumerable.Range(1, rows).Select(id => new Reading(id, new byte[bytes], () =>
        {
            if (id == rows / 2) other.Database.ExecuteSql($"SELECT pg_terminate_backend({backend}, 5000)");
        }));

        var fault = await Assert.ThrowsAnyAsync<Exception>(() => BulkRows.InsertAsync(db, typeof(RawMail), mails.ToList(), CancellationToken.None));

        Assert.True(DatabaseFault.IsStorage(fault), fault.ToString());
        await Assert.ThrowsAnyAsync<Exception>(() => transaction.CommitAsync());
        Assert.Equal(0, await other.StoredMails.CountAsync());
    }

    [PostgresFact]
    public async Task LongMail_OnPostgres_IsNotCompressedTheSlowWay()
    {
        await using var desk = await FlowDesk.StartAsync(DatabaseProvider.PostgreSql);
        await desk.TakeAsync($"From: ann@customer.example\r\nTo: support@helpdesk.test\r\nSubject: Long\r\n\r\n{string.Concat(Enumerable.Repeat("It burns again.\r\n", 1000))}");

        await using var db = desk.Db();
        Assert.Equal("lz4", await db.Database.SqlQuery<string?>($"""SELECT pg_column_compression("Bytes") AS "Value" FROM "RawMails" """).SingleAsync());
        Assert.Equal("lz4", await db.Database.SqlQuery<string?>($"""SELECT pg_column_compression("Text") AS "Value" FROM "TicketMessages" """).SingleAsync());
    }

    /// <summary>A <see cref="RawMail"/> that does something when its bytes are read.</summary>
    private sealed class Reading(long id, byte[] bytes, Action read)
    {
        public long StoredMailId => id;

        public byte[] Bytes
        {
            get
            {
                read();
                return bytes;
            }
        }
    }

    private static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
