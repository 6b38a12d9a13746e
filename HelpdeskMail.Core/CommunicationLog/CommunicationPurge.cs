using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.CommunicationLog;

/// <summary>Keeps the communication log short (O8): successes for 7 days, everything for 31. In portions, so that no other writer waits long.</summary>
public sealed class CommunicationPurge(IDbContextFactory<HelpdeskDb> contexts, WriteGate gate, TimeProvider time)
{
    private const int Portion = 5000;
    private static readonly TimeSpan KeepSuccesses = TimeSpan.FromDays(7);
    private static readonly TimeSpan KeepAll = TimeSpan.FromDays(31);

    /// <summary>A connection that hasn't ended after a day never will: its process died.</summary>
    private static readonly TimeSpan LongestConnection = TimeSpan.FromDays(1);

    /// <returns>How many rows went.</returns>
    public async Task<int> RunAsync(CancellationToken cancel = default)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var (successes, all, dead) = (now - KeepSuccesses, now - KeepAll, now - LongestConnection);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await db.Communications.Where(row => row.Status == CommunicationStatus.Processing && row.Kind == CommunicationKind.Connection && row.StartedAt < dead).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Status, CommunicationStatus.Failed).SetProperty(row => row.Level, LogLevels.Error).SetProperty(row => row.Summary, "The program stopped in the middle."), cancel);
        return await DeleteAsync(db, db.Communications.Where(row => row.StartedAt < all), cancel)
            + await DeleteAsync(db, db.Communications.Where(row => row.Status == CommunicationStatus.Successful && row.StartedAt < successes), cancel);
    }

    private async Task<int> DeleteAsync(HelpdeskDb db, IQueryable<Communication> old, CancellationToken cancel)
    {
        var gone = 0;
        while (await old.OrderBy(row => row.StartedAt).Select(row => row.Id).Take(Portion).ToArrayAsync(cancel) is { Length: > 0 } ids)
        {
            using var turn = await gate.EnterAsync(cancel);
            gone += await db.Communications.Where(row => EF.Parameter(ids).Contains(row.Id)).ExecuteDeleteAsync(cancel);
        }
        return gone;
    }
}
