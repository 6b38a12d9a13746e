using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Deliveries;

/// <summary>What people do about undelivered mail: acknowledge it, and say that an address works again. Doing the same twice does it once.</summary>
public sealed class NewsDesk(IDbContextFactory<HelpdeskDb> contexts, WriteGate gate, HandDecisions decisions, LiveUpdates live, TimeProvider time)
{
    private const int MaxName = 200;
    private const int Chunk = 1000;

    /// <returns>How many were open.</returns>
    public async Task<int> AcknowledgeAsync(IReadOnlyCollection<long> newsIds, Actor actor, CancellationToken cancel = default)
    {
        var (now, by) = (time.GetUtcNow().UtcDateTime, (string?)MailText.Line(actor.Name, MaxName));
        var count = 0;
        foreach (var chunk in newsIds.Distinct().Chunk(Chunk))
        {
            count += await ChangeAsync(
                db => db.DeliveryNews.Where(news => EF.Parameter(chunk).Contains(news.Id) && news.State == NewsState.Open).ExecuteUpdateAsync(
                    set => set.SetProperty(news => news.State, NewsState.Seen).SetProperty(news => news.SeenAt, now).SetProperty(news => news.SeenBy, by), cancel),
                cancel);
        }
        return count;
    }

    /// <summary>All open news of a ticket's message.</summary>
    public Task<int> AcknowledgeMessageAsync(long ticketMessageId, Actor actor, CancellationToken cancel = default)
    {
        var (now, by) = (time.GetUtcNow().UtcDateTime, (string?)MailText.Line(actor.Name, MaxName));
        return ChangeAsync(
            db => db.DeliveryNews.Where(news => news.TicketMessageId == ticketMessageId && news.State == NewsState.Open).ExecuteUpdateAsync(
                set => set.SetProperty(news => news.State, NewsState.Seen).SetProperty(news => news.SeenAt, now).SetProperty(news => news.SeenBy, by), cancel),
            cancel);
    }

    /// <summary>Nobody is warned of the addresses any more, until mail to them fails again.</summary>
    /// <returns>How many were undeliverable.</returns>
    public Task<int> ClearAsync(IReadOnlyCollection<long> addressIds, Actor actor, CancellationToken cancel = default)
    {
        var (now, by, ids) = (time.GetUtcNow().UtcDateTime, (string?)MailText.Line(actor.Name, MaxName), addressIds.Distinct().Take(Chunk).ToArray());
        return ChangeAsync(
            db => db.FailingAddresses.Where(row => EF.Parameter(ids).Contains(row.Id) && row.UndeliverableSince != null).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.UndeliverableSince, (DateTime?)null).SetProperty(row => row.ClearedAt, now).SetProperty(row => row.ClearedBy, by), cancel),
            cancel);
    }

    /// <summary>Makes tickets of reports about foreign mail, which may be none: a person who quotes a report, for instance.</summary>
    /// <returns>The tickets.</returns>
    public async Task<IReadOnlyList<long>> MakeTicketsAsync(IReadOnlyCollection<long> newsIds, Actor actor, CancellationToken cancel = default)
    {
        long[] ids = [.. newsIds.Distinct().Take(Chunk)], mails;
        await using (var db = await contexts.CreateDbContextAsync(cancel))
        {
            mails = [.. (await db.DeliveryNews.Where(news => EF.Parameter(ids).Contains(news.Id) && news.State == NewsState.Unknown).Select(news => news.StoredMailId).ToListAsync(cancel)).OfType<long>().Distinct()];
        }
        if (mails.Length == 0) return [];
        var outcome = await decisions.ApplyAsync(mails, new HandDecision.MakeTicket(null), actor, again: true, cancel);
        List<HandResult> made = outcome.Ok ? [.. outcome.Value!.Where(result => result.TicketId is not null)] : [];
        var done = made.Select(result => (long?)result.StoredMailId).ToArray();
        await ChangeAsync(db => db.DeliveryNews.Where(news => EF.Parameter(done).Contains(news.StoredMailId) && news.State == NewsState.Unknown).ExecuteDeleteAsync(cancel), cancel);
        return [.. made.Select(result => result.TicketId!.Value).Distinct()];
    }

    private async Task<int> ChangeAsync(Func<HelpdeskDb, Task<int>> change, CancellationToken cancel)
    {
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var count = await change(db);
        if (count > 0) await CounterRow.BumpChangesAsync(db, cancel);
        await transaction.CommitAsync(cancel);
        if (count > 0) live.Publish(LiveTopic.Tickets);
        return count;
    }
}
