using HelpdeskMail.Core.Agents;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Notices;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>Decides stored mails in their order, batch by batch, each batch in one transaction; a mail that fails is quarantined alone.</summary>
public sealed partial class MailProcessor(
    IDbContextFactory<HelpdeskDb> contexts, WriteGate gate, DeferredSync sync, RoutingConfigCache configs, LiveUpdates live, TimeProvider time, ILogger<MailProcessor> logger)
{
    /// <summary>Mails in one transaction, and how many bytes of them are held in memory for it.</summary>
    public const int BatchMails = 256;

    public const long BatchBytes = 8 * 1024 * 1024;

    private readonly DecisionBatch batch = new(contexts, gate, sync, configs, time);

    /// <summary>Decides everything that is stored and undecided, whoever stored it.</summary>
    public async Task<ProcessingResult> ProcessWaitingAsync(CancellationToken cancel = default)
    {
        var total = new ProcessingResult(0, 0);
        for (var after = 0L; await WaitingAfterAsync(after, cancel) is { Count: > 0 } ids; after = ids[^1])
        {
            await using var db = await contexts.CreateDbContextAsync(cancel);
            var stored = await db.StoredMails.AsNoTracking().Include(mail => mail.Raw).Where(mail => EF.Parameter(ids.ToArray()).Contains(mail.Id)).OrderBy(mail => mail.Id).ToListAsync(cancel);
            total += await DecideAsync([.. stored.AsParallel().AsOrdered().Select(mail => IncomingMail.Of(mail, mail.Raw!.Bytes))], cancel);
        }
        return total;
    }

    /// <summary>What would be decided for these bytes now, with the trace; writes nothing.</summary>
    public async Task<Outcome<Explanation>> ExplainAsync(byte[] raw, string? mailbox, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var through = mailbox is null ? null : await db.Mailboxes.AsNoTracking().FirstOrDefaultAsync(box => box.Name == mailbox, cancel);
        if (mailbox is not null && through is null) return Faults.Of("mailbox", $"There is no mailbox \"{mailbox}\".");
        return await ExplainAsync(db, RawStore.NewMail(raw, MailSourceKind.Inbound, through?.Id, through?.Notices ?? true, time.GetUtcNow().UtcDateTime), raw, cancel);
    }

    /// <summary>What would be decided today for a stored mail, had it just come: what came after it, and what it led to itself, is not known. Writes nothing.</summary>
    /// <param name="mailbox">The mailbox it would come through; null: none. Faults: "mail", "mailbox".</param>
    public async Task<Outcome<Explanation>> ExplainStoredAsync(long id, string? mailbox, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var stored = await db.StoredMails.AsNoTracking().Include(mail => mail.Raw).FirstOrDefaultAsync(mail => mail.Id == id && mail.Source != MailSourceKind.Note, cancel);
        if (stored is null) return Faults.Of("mail", "There is no such mail.");
        if (stored.Raw is not { Bytes.Length: > 0 } raw) return Faults.Of("mail", "The content of this mail was deleted; there is nothing left to decide on.");
        var through = mailbox is null ? null : await db.Mailboxes.AsNoTracking().FirstOrDefaultAsync(box => box.Name == mailbox, cancel);
        if (mailbox is not null && through is null) return Faults.Of("mailbox", $"There is no mailbox \"{mailbox}\".");
        if (stored.MailboxId != through?.Id) (stored.MailboxId, stored.Notices) = (through?.Id, through?.Notices ?? true);
        return await ExplainAsync(db, stored, raw.Bytes, cancel);
    }

    private async Task<Explanation> ExplainAsync(HelpdeskDb db, StoredMail stored, byte[] raw, CancellationToken cancel)
    {
        var incoming = IncomingMail.Of(stored, raw);
        var config = await configs.GetAsync(db, cancel);
        var knowledge = await KnowledgeLoader.LoadAsync(db, [incoming], config, cancel);
        knowledge.Before = stored.Id > 0 ? stored.Id : null;
        var (context, decision, trace) = DecisionBatch.Decide(incoming, config, knowledge);
        var notice = NoticePlan.Of(incoming, config, knowledge, decision, context);
        if (notice is { } plan) trace = [.. trace, NoticePlan.Step(plan.Notice, plan.Hindrance)];
        var due = notice is { Hindrance: null } good ? await NoticePermits.FilterAsync(db, [good.Notice], time.GetUtcNow().UtcDateTime, cancel) : [];
        var told = context is null ? [] : AgentNotices.Of(context, decision, (decision as Decision.AppendToTicket)?.Ticket, null);
        return Explained(decision, trace, config) with
        {
            Ticket = decision is Decision.CreateTicket or Decision.HoldAsContactRequest ? context?.Wanted.Explained(config) : null,
            Notices = [.. due.Select(item => $"{item.Notice.Kind} notice to {item.Notice.Mail.From.Address}, from {item.Sender.Address}"), .. told.Select(item => $"{item.Kind} notice to {item.Agent.Address}")],
        };
    }

    /// <summary>Of mails that are not stored yet, those that a mailbox for replies only leaves where they are (V5). Writes nothing.</summary>
    internal async Task<HashSet<IncomingMail>> NoRepliesAsync(IReadOnlyList<IncomingMail> mails, CancellationToken cancel)
    {
        foreach (var mail in mails) mail.Stored.StoredAt = time.GetUtcNow().UtcDateTime; // as when it is stored
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var config = await configs.GetAsync(db, cancel);
        var knowledge = await KnowledgeLoader.LoadAsync(db, mails, config, cancel);
        var others = new HashSet<IncomingMail>(ReferenceEqualityComparer.Instance);
        foreach (var mail in mails)
        {
            var (_, decision, _) = DecisionBatch.Decide(mail, config, knowledge);
            if (decision.Reason == DecisionReason.RepliesOnly) others.Add(mail);
            else if (decision is Decision.AppendToTicket append && mail.Mail?.MessageId is { } id) knowledge.Add(new KnownMessage(0, append.Ticket, MessageDirection.Inbound, id, mail.Mail.BodyKey, null)); // what answers it is a reply, too
        }
        return others;
    }

    /// <summary>Stores new mails together with their decisions: one transaction, committed before anything changes on a server. Where it can't be, for
    /// whatever reason but the database, they are stored first and decided one by one.</summary>
    /// <param name="fence">The first statement of every transaction that stores; for mails that are on a server, whose copies change only after
    /// <see cref="DeferredSync.WaitForDiskAsync"/>. Null: when it returns, the disk has them.</param>
    internal Task<ProcessingResult> TakeAsync(IReadOnlyList<IncomingMail> mails, BatchFence? fence, CancellationToken cancel) => DecideAsync(mails, fence, cancel);

    /// <summary>Decides mails that are stored. A batch that fails is tried again one by one, and the one that fails alone goes to quarantine.</summary>
    internal Task<ProcessingResult> DecideAsync(IReadOnlyList<IncomingMail> mails, CancellationToken cancel) => DecideAsync(mails, null, cancel);

    private async Task<ProcessingResult> DecideAsync(IReadOnlyList<IncomingMail> mails, BatchFence? fence, CancellationToken cancel)
    {
        if (mails.Count == 0) return new ProcessingResult(0, 0);
        ProcessingResult result;
        try
        {
            result = await batch.ApplyAsync(mails, fence, cancel);
        }
        catch (Exception exception) when (IsAbout(exception))
        {
            LogBatchFailed(logger, exception, mails.Count);
            result = new ProcessingResult(0, 0);
            if (mails.Any(mail => mail.Raw is not null)) mails = await batch.StoreAsync([.. mails.Select(mail => mail.Again())], fence, cancel);
            foreach (var mail in mails) result += await DecideAloneAsync(mail, cancel);
        }
        if (result.Decided + result.Quarantined > 0) live.Publish(LiveTopic.Tickets);
        return result;
    }

    private async Task<ProcessingResult> DecideAloneAsync(IncomingMail mail, CancellationToken cancel)
    {
        try
        {
            return await batch.ApplyAsync([mail], null, cancel);
        }
        catch (Exception exception) when (IsAbout(exception))
        {
            LogQuarantined(logger, exception, mail.StoredMailId);
            await batch.QuarantineAsync(mail, exception, cancel);
            return new ProcessingResult(0, 1);
        }
    }

    /// <summary>Whether the mail may be what is wrong, rather than the database or our own shutting down.</summary>
    private static bool IsAbout(Exception exception) => exception is not (OperationCanceledException or OutOfMemoryException) && !DatabaseFault.IsStorage(exception);

    private static Explanation Explained(Decision decision, IReadOnlyList<TraceStep> trace, RoutingConfig config)
    {
        var (ticket, queue) = decision switch
        {
            Decision.CreateTicket create => (null, config.Queue(create.QueueId)),
            Decision.HoldAsContactRequest hold => (null, config.Queue(hold.QueueId)),
            Decision.AppendToTicket append => (append.Ticket, config.Queue(append.Ticket.QueueId)),
            Decision.RecordReport { Original.Ticket: { } ticketOf } => (ticketOf, config.Queue(ticketOf.QueueId)),
            Decision.Refuse refuse => (refuse.Ticket, null),
            Decision.Ignore ignore => (ignore.Ticket, null),
            _ => ((Tickets.Ticket?)null, (Departments.Queue?)null),
        };
        return new Explanation(decision.Kind, decision.Reason, decision.Sentence, queue?.Name, ticket?.Id, [], trace);
    }

    private async Task<List<long>> WaitingAfterAsync(long after, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var next = await db.StoredMails.Where(mail => mail.State == StoredMailState.Stored && mail.Id > after).OrderBy(mail => mail.Id).Take(BatchMails)
            .Select(mail => new { mail.Id, mail.Size }).ToListAsync(cancel);
        var bytes = 0L;
        return [.. next.TakeWhile((mail, index) => (bytes += mail.Size) <= BatchBytes || index == 0).Select(mail => mail.Id)];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A batch of {Count} mails could not be decided; trying them one by one")]
    private static partial void LogBatchFailed(ILogger logger, Exception exception, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Stored mail {StoredMailId} could not be decided and is in quarantine")]
    private static partial void LogQuarantined(ILogger logger, Exception exception, long storedMailId);
}

public sealed record ProcessingResult(int Decided, int Quarantined)
{
    public static ProcessingResult operator +(ProcessingResult a, ProcessingResult b) => new(a.Decided + b.Decided, a.Quarantined + b.Quarantined);
}
