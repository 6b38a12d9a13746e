using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Tickets;

/// <summary>Takes messages into the full-text index, in the order of their ids. Searching finds them before, too, only slower.</summary>
public sealed class MessageIndexer(IDbContextFactory<HelpdeskDb> contexts, WriteGate gate, TimeProvider time)
{
    /// <summary>Few enough that mail never waits long for its turn to write.</summary>
    private const int Batch = 500;

    /// <summary>Ids are given before the commit: by then even the slowest transaction with a lower one is through.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(2);

    /// <summary>Returns how many messages were taken in.</summary>
    public async Task<int> RunAsync(CancellationToken cancel = default)
    {
        var total = 0;
        while (await NextAsync(cancel) is > 0 and var count) total += count;
        return total;
    }

    private async Task<int> NextAsync(CancellationToken cancel)
    {
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (!MessageWords.IsSupported(db)) return 0;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var last = await CounterRow.LockAsync(db, Counter.MessageWords, cancel);
        var settled = time.GetUtcNow().UtcDateTime - Settled;
        var next = await db.TicketMessages.Where(message => message.Id > last).OrderBy(message => message.Id).Take(Batch).Select(message => new { message.Id, message.CreatedAt }).ToListAsync(cancel);
        List<long> ids = [.. next.TakeWhile(message => message.CreatedAt < settled).Select(message => message.Id)];
        if (ids.Count == 0) return 0;
        await MessageWords.AddAsync(db, ids, cancel);
        await CounterRow.AddAsync(db, Counter.MessageWords, ids[^1] - last, cancel);
        await transaction.CommitAsync(cancel);
        return ids.Count;
    }
}
