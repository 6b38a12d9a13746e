using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>Decides a batch in one transaction. Its first statement takes the ticket counter, so that decisions are taken one batch after the other
/// cluster-wide, each seeing all before it.</summary>
internal sealed class DecisionBatch(IDbContextFactory<HelpdeskDb> contexts, WriteGate gate, MailOptions options, TimeProvider time)
{
    public RoutingConfigCache Configs { get; } = new(options);

    /// <summary>Mails that another worker decided meanwhile are passed over. Throws, with nothing written, when any of them can't be applied.</summary>
    public async Task<ProcessingResult> ApplyAsync(IReadOnlyList<IncomingMail> mails, CancellationToken cancel)
    {
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var counter = await CounterRow.LockAsync(db, Counter.Tickets, cancel);
        var waiting = await WaitingAsync(db, mails, cancel);
        if (waiting.Count == 0) return new ProcessingResult(0, 0);

        var config = await Configs.GetAsync(db, cancel);
        var knowledge = await KnowledgeLoader.LoadAsync(db, waiting, cancel);
        var writer = new DecisionWriter(db, config, knowledge, time.GetUtcNow().UtcDateTime, counter);
        foreach (var incoming in waiting)
        {
            var (context, decision, trace) = Decide(incoming, config, knowledge);
            writer.Apply(incoming, context, decision, trace);
        }
        await writer.SaveAsync(cancel);
        await transaction.CommitAsync(cancel);
        return new ProcessingResult(writer.Count - writer.Quarantined, writer.Quarantined);
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
        var config = await Configs.GetAsync(db, cancel);
        var writer = new DecisionWriter(db, config, new RoutingKnowledge(), time.GetUtcNow().UtcDateTime, counter);
        writer.Apply(incoming with { Mail = null }, null, new Decision.Quarantine(DecisionReason.ProcessingFailed, sentence), []);
        await writer.SaveAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    public static (RoutingContext? Context, Decision Decision, IReadOnlyList<TraceStep> Trace) Decide(IncomingMail incoming, RoutingConfig config, RoutingKnowledge knowledge)
    {
        if (incoming.Mail is not { } mail) return (null, new Decision.Quarantine(DecisionReason.ProcessingFailed, incoming.Fault ?? "It could not be read."), []);
        var context = new RoutingContext(incoming, mail, config, knowledge);
        var (decision, trace) = RoutingPipeline.Decide(context);
        return (context, decision, trace);
    }

    private static async Task<List<IncomingMail>> WaitingAsync(HelpdeskDb db, IReadOnlyList<IncomingMail> mails, CancellationToken cancel)
    {
        var ids = mails.Select(mail => mail.StoredMailId).ToArray();
        var waiting = await db.StoredMails.Where(mail => EF.Parameter(ids).Contains(mail.Id) && mail.State == StoredMailState.Stored).Select(mail => mail.Id).ToListAsync(cancel);
        var set = waiting.ToHashSet();
        return [.. mails.Where(mail => set.Contains(mail.StoredMailId))];
    }
}
