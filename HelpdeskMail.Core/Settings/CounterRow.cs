using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Settings;

/// <summary>The counters' statements. Always "tickets" before rows and "changes" last, so that two transactions can't wait for each other in a circle.</summary>
internal static class CounterRow
{
    /// <summary>Takes the counter for this transaction: whoever else wants it waits until the transaction ends. Returns its value.</summary>
    public static async Task<long> LockAsync(HelpdeskDb db, string name, CancellationToken cancel)
    {
        await AddAsync(db, name, 0, cancel);
        return await db.Counters.Where(counter => counter.Name == name).Select(counter => counter.Value).SingleAsync(cancel);
    }

    public static Task AddAsync(HelpdeskDb db, string name, long by, CancellationToken cancel) =>
        db.Counters.Where(counter => counter.Name == name).ExecuteUpdateAsync(set => set.SetProperty(counter => counter.Value, counter => counter.Value + by), cancel);

    /// <summary>Tells other nodes that something changed; the transaction's last statement.</summary>
    public static Task BumpChangesAsync(HelpdeskDb db, CancellationToken cancel) => AddAsync(db, Counter.Changes, 1, cancel);
}
