using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>Applies what a person decides about mails that are in quarantine or held, by the same writer as live decisions. Doing the same twice
/// does it once; a mail that was decided otherwise meanwhile is left alone and says so.</summary>
public sealed class HandDecisions(IDbContextFactory<HelpdeskDb> contexts, WriteGate gate, MailProcessor processor, RoutingConfigCache configs, LiveUpdates live, TimeProvider time)
{
    public const int MaxReason = 500;
    public const int MaxRefusal = 4000;

    /// <summary>One result for each mail, in the order given. The mails of one contact request go together.</summary>
    /// <param name="storedMailIds">Any number; they are worked in batches, each in a transaction of its own.</param>
    /// <param name="decision">The same for all.</param>
    /// <param name="actor">Who wants it.</param>
    /// <param name="again">Also mails that were ignored or refused before. What is in a ticket stays there in any case.</param>
    /// <param name="cancel">Between batches; what is committed stays.</param>
    /// <returns>Faults: "queue", "ticket", "reason" or "text", with nothing done.</returns>
    public async Task<Outcome<IReadOnlyList<HandResult>>> ApplyAsync(
        IReadOnlyCollection<long> storedMailIds, HandDecision decision, Actor actor, bool again = false, CancellationToken cancel = default)
    {
        if (await FaultsAsync(decision, cancel) is { Any: true } faults) return faults;
        var results = new Dictionary<long, HandResult>();
        foreach (var batch in await BatchesAsync(storedMailIds, cancel))
        {
            if (decision is HandDecision.Retry) await RetryAsync(batch, decision, again, results, cancel);
            else await DecideAsync(batch, decision, actor, again, results, cancel);
        }
        live.Publish(LiveTopic.Tickets);
        live.Publish(LiveTopic.Mailboxes);
        return storedMailIds.Distinct().Select(id => results.GetValueOrDefault(id) ?? new HandResult(id, "There is no such mail.", null, null, null)).ToList();
    }

    private async Task DecideAsync(long[] ids, HandDecision decision, Actor actor, bool again, Dictionary<long, HandResult> results, CancellationToken cancel)
    {
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var counter = await CounterRow.LockAsync(db, Counter.Tickets, cancel);
        var units = (await HandUnit.LoadAsync(db, ids, again, cancel)).Where(unit => !unit.IsSettled(decision, again, results)).ToList();
        if (units.Count == 0) return;

        var config = await configs.GetAsync(db, cancel);
        var knowledge = await KnowledgeLoader.LoadAsync(db, [.. units.SelectMany(unit => unit.Mails)], config, cancel);
        var target = decision is HandDecision.Append append ? await TargetAsync(db, knowledge, append.TicketId, cancel) : null;
        var now = time.GetUtcNow().UtcDateTime;
        var writer = new DecisionWriter(db, config, knowledge, now, counter, actor);
        var verdict = new HandVerdict(writer, config, knowledge, decision, target, actor);
        foreach (var unit in units) unit.Apply(verdict);
        await writer.SaveAsync(cancel, () => HandUnit.CloseAsync(db, units, decision, actor, now, cancel));
        await transaction.CommitAsync(cancel);
        foreach (var unit in units) unit.Report(results);
    }

    /// <summary>Puts the mails back to "stored" and decides them; whoever dies in between leaves them to the job that decides what is waiting.</summary>
    private async Task RetryAsync(long[] ids, HandDecision decision, bool again, Dictionary<long, HandResult> results, CancellationToken cancel)
    {
        long[] retried;
        using (await gate.EnterAsync(cancel))
        {
            await using var db = await contexts.CreateDbContextAsync(cancel);
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            await CounterRow.LockAsync(db, Counter.Tickets, cancel);
            retried = [.. (await HandUnit.LoadAsync(db, ids, again, cancel)).Where(unit => !unit.IsSettled(decision, again, results)).SelectMany(unit => unit.Mails).Select(mail => mail.StoredMailId)];
            await db.StoredMails.Where(mail => EF.Parameter(retried).Contains(mail.Id)).ExecuteUpdateAsync(set => set.SetProperty(mail => mail.State, StoredMailState.Stored), cancel);
            var entries = retried.Select(id => (long?)id).ToArray();
            await db.Ledger.Where(entry => EF.Parameter(entries).Contains(entry.StoredMailId) && entry.State == LedgerState.Quarantined).ExecuteUpdateAsync(
                set => set.SetProperty(entry => entry.State, LedgerState.Stored).SetProperty(entry => entry.Reason, (string?)null), cancel);
            await transaction.CommitAsync(cancel);
        }
        await processor.ProcessWaitingAsync(cancel);
        await using var after = await contexts.CreateDbContextAsync(cancel);
        foreach (var mail in await after.StoredMails.AsNoTracking().Where(mail => EF.Parameter(retried).Contains(mail.Id)).ToListAsync(cancel)) results[mail.Id] = HandResult.Of(mail, null);
    }

    /// <summary>The ticket itself, or what it was merged into; the same object that the knowledge may have already.</summary>
    private static async Task<Ticket> TargetAsync(HelpdeskDb db, RoutingKnowledge knowledge, long id, CancellationToken cancel)
    {
        for (var hop = 0; ; hop++)
        {
            var wanted = id;
            if (knowledge.Ticket(wanted) is not { } ticket) knowledge.Add(ticket = await db.Tickets.AsNoTracking().SingleAsync(row => row.Id == wanted, cancel));
            if (ticket.State != TicketState.Merged || ticket.MergedIntoId is not { } next || hop == KnowledgeLoader.MaxMerges) return ticket;
            id = next;
        }
    }

    private async Task<Faults> FaultsAsync(HandDecision decision, CancellationToken cancel)
    {
        var faults = new Faults();
        await using var db = await contexts.CreateDbContextAsync(cancel);
        switch (decision)
        {
            case HandDecision.MakeTicket { QueueId: { } queue } when !await db.Queues.AnyAsync(row => row.Id == queue, cancel):
                faults.Add("queue", "There is no such queue.");
                break;
            case HandDecision.MakeTicket { QueueId: null } when !await db.Queues.AnyAsync(cancel):
                faults.Add("queue", "There is no queue yet.");
                break;
            case HandDecision.Append { TicketId: var ticket } when !await db.Tickets.AnyAsync(row => row.Id == ticket, cancel):
                faults.Add("ticket", "There is no such ticket.");
                break;
            case HandDecision.Dismiss { Reason: var reason }:
                FieldRules.Line(faults, "reason", reason, MaxReason);
                break;
            case HandDecision.Refuse { Text: { } text }:
                FieldRules.Text(faults, "text", text, MaxRefusal, required: false);
                break;
        }
        return faults;
    }

    /// <summary>As many mails as live batches hold, by number and by bytes.</summary>
    private async Task<List<long[]>> BatchesAsync(IReadOnlyCollection<long> ids, CancellationToken cancel)
    {
        var batches = new List<long[]>();
        foreach (var chunk in ids.Distinct().Order().Chunk(MailProcessor.BatchMails))
        {
            await using var db = await contexts.CreateDbContextAsync(cancel);
            var sizes = await db.StoredMails.Where(mail => EF.Parameter(chunk).Contains(mail.Id)).OrderBy(mail => mail.Id).Select(mail => new { mail.Id, mail.Size }).ToListAsync(cancel);
            var (batch, bytes) = (new List<long>(), 0L);
            foreach (var mail in sizes)
            {
                if (batch.Count > 0 && bytes + mail.Size > MailProcessor.BatchBytes)
                {
                    batches.Add([.. batch]);
                    (batch, bytes) = ([], 0);
                }
                batch.Add(mail.Id);
                bytes += mail.Size;
            }
            if (batch.Count > 0) batches.Add([.. batch]);
        }
        return batches;
    }
}
