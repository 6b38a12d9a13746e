using System.Data.Common;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Quarantine;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>What a batch's transaction checks before anything else; throws where it must not be.</summary>
internal delegate Task BatchFence(HelpdeskDb db, CancellationToken cancel);

/// <summary>Decides a batch in one transaction, which also stores the mails that are new. Its first statement takes the ticket counter, so that decisions
/// are taken one batch after the other cluster-wide, each seeing all before it.</summary>
internal sealed class DecisionBatch(IDbContextFactory<HelpdeskDb> contexts, WriteGate gate, DeferredSync sync, RoutingConfigCache configs, TimeProvider time)
{
    /// <summary>Mails that another worker decided meanwhile are passed over. Throws, with nothing written, when any of them can't be applied.</summary>
    public Task<ProcessingResult> ApplyAsync(IReadOnlyList<IncomingMail> mails, BatchFence? fence, CancellationToken cancel) => ApplyAsync(mails, fence, commit: true, cancel);

    /// <summary>All of <see cref="ApplyAsync(IReadOnlyList{IncomingMail}, BatchFence?, CancellationToken)"/> but the commit.</summary>
    public Task RehearseAsync(IncomingMail mail, CancellationToken cancel) => ApplyAsync([mail], null, commit: false, cancel);

    private async Task<ProcessingResult> ApplyAsync(IReadOnlyList<IncomingMail> mails, BatchFence? fence, bool commit, CancellationToken cancel)
    {
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = fence is null ? await db.Database.BeginTransactionAsync(cancel) : await sync.BeginAsync(db, cancel);
        var counter = await CounterRow.LockAsync(db, Counter.Tickets, cancel);
        if (fence is not null) await fence(db, cancel);
        var waiting = await WaitingAsync(db, mails, cancel);
        if (waiting.Count == 0) return new ProcessingResult(0, 0);

        var now = time.GetUtcNow().UtcDateTime;
        foreach (var mail in waiting.Where(mail => mail.Raw is not null)) mail.Stored.StoredAt = now;
        var config = await configs.GetAsync(db, cancel);
        var knowledge = await KnowledgeLoader.LoadAsync(db, waiting, config, cancel);
        var writer = new DecisionWriter(db, config, knowledge, now, counter);
        foreach (var incoming in waiting)
        {
            var (context, decision, trace) = Decide(incoming, config, knowledge);
            writer.Apply(incoming, context, decision, trace);
        }
        await writer.SaveAsync(cancel);
        if (!commit) return new ProcessingResult(0, 0);
        await transaction.CommitAsync(cancel);
        if (fence is not null) sync.Wrote(waiting.Sum(mail => mail.Stored.Size));
        return new ProcessingResult(writer.Count - writer.Quarantined, writer.Quarantined);
    }

    /// <summary>Only stores new mails; they are then as good as any that wait for their decision.</summary>
    public async Task<IReadOnlyList<IncomingMail>> StoreAsync(IReadOnlyList<IncomingMail> mails, BatchFence? fence, CancellationToken cancel)
    {
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (fence is not null) await fence(db, cancel);
        var now = time.GetUtcNow().UtcDateTime;
        var seen = await LedgerRows.SeenAsync(db, mails, cancel);
        mails = [.. mails.Where(mail => mail.Entry is null || seen.Contains(mail.Entry.Id))];
        foreach (var mail in mails) mail.Stored.StoredAt = now;
        await RawStore.InsertAsync(db, [.. mails.Select(mail => (mail.Stored, mail.Raw!.Value))], cancel);
        await LedgerRows.StoredAsync(db, mails, now, cancel);
        await QuarantineRegister.StoredAsync(db, mails, cancel);
        await transaction.CommitAsync(cancel);
        return [.. mails.Select(mail => mail with { Raw = null, Entry = null })];
    }

    /// <summary>Sets a mail aside that failed alone, in a transaction that does nothing else.</summary>
    public async Task QuarantineAsync(IncomingMail incoming, Exception reason, CancellationToken cancel)
    {
        var sentence = $"Processing it failed: {(reason.InnerException ?? reason).GetType().Name}: {(reason.InnerException ?? reason).Message}";
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var counter = await CounterRow.LockAsync(db, Counter.Tickets, cancel);
        if ((await WaitingAsync(db, [incoming], cancel)).Count == 0) return;
        await db.StoredMails.Where(mail => mail.Id == incoming.StoredMailId).ExecuteUpdateAsync(set => set.SetProperty(mail => mail.Attempts, mail => mail.Attempts + 1), cancel);
        var config = await configs.GetAsync(db, cancel);
        var writer = new DecisionWriter(db, config, new RoutingKnowledge(), time.GetUtcNow().UtcDateTime, counter);
        writer.Apply(incoming with { Mail = null }, null, new Decision.Quarantine(DecisionReason.ProcessingFailed, sentence), []);
        await writer.SaveAsync(cancel);
        await transaction.CommitAsync(cancel);
        try
        {
            await QuarantineRegister.NameAsync(db, incoming, cancel);
        }
        catch (DbException)
        {
            // It is set aside without its sender and subject: they are what the database would not take.
        }
    }

    public static (RoutingContext? Context, Decision Decision, IReadOnlyList<TraceStep> Trace) Decide(IncomingMail incoming, RoutingConfig config, RoutingKnowledge knowledge)
    {
        if (incoming.Mail is not { } mail) return (null, new Decision.Quarantine(DecisionReason.ProcessingFailed, incoming.Fault ?? "It could not be read."), []);
        var context = new RoutingContext(incoming, mail, config, knowledge);
        var (decision, trace) = RoutingPipeline.Decide(context);
        return (context, decision, trace);
    }

    /// <summary>Without what another worker, or this one before a fault, has done already: stored mails that are decided, and new ones whose ledger row is
    /// no longer merely seen.</summary>
    private static async Task<List<IncomingMail>> WaitingAsync(HelpdeskDb db, IReadOnlyList<IncomingMail> mails, CancellationToken cancel)
    {
        var stored = mails.Where(mail => mail.Raw is null).Select(mail => mail.StoredMailId).ToArray();
        var undecided = stored.Length == 0 ? [] : await db.StoredMails.Where(mail => EF.Parameter(stored).Contains(mail.Id) && mail.State == StoredMailState.Stored).Select(mail => mail.Id).ToListAsync(cancel);
        var seen = await LedgerRows.SeenAsync(db, mails, cancel);
        var waiting = undecided.ToHashSet();
        return [.. mails.Where(mail => mail.Raw is null ? waiting.Contains(mail.StoredMailId) : mail.Entry is null || seen.Contains(mail.Entry.Id))];
    }
}
