using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
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
}
