using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace HelpdeskMail.Core.Replay;

/// <summary>Decides mails again by today's rules (G3): first shows what would change, then changes what is chosen. No notice goes out for it.</summary>
public sealed partial class Replayer(IDbContextFactory<HelpdeskDb> contexts, WriteGate gate, RoutingConfigCache configs, LiveUpdates live, TimeProvider time, ILogger<Replayer> logger)
{
    public const int MaxIds = 10_000;
    private const int Batch = 100;
    private const int MaxDifferences = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Goes through the scope for about a second, or until there is a page of differences; writes nothing.</summary>
    /// <param name="after">0 at first, then <see cref="ReplayPart.Next"/>.</param>
    public async Task<ReplayPart> PreviewAsync(ReplayScope scope, long after = 0, CancellationToken cancel = default)
    {
        var started = time.GetTimestamp();
        var (differences, examined) = (new List<ReplayDifference>(), 0);
        DateTime? reached = null;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        while (true)
        {
            var page = await NextAsync(db, scope, after, cancel);
            if (page.Count > 0)
            {
                (after, reached) = (page[^1].Id, page[^1].StoredAt);
                examined += page.Count;
                var config = await configs.GetAsync(db, cancel);
                var cases = await ReplayCases.LoadAsync(db, config, [.. page.Select(mail => mail.Id)], cancel);
                differences.AddRange(cases.Where(item => item.Effect != ReplayEffect.None).Select(item => Difference(item, config)));
            }
            if (page.Count < Batch) return new(differences, examined, null, reached);
            if (differences.Count >= MaxDifferences || time.GetElapsedTime(started) > Patience) return new(differences, examined, after, reached);
        }
    }

    /// <summary>Applies today's decisions. Doing it again does nothing more; a mail whose ticket has been worked on is left alone and says why.</summary>
    public async Task<IReadOnlyList<ReplayResult>> ApplyAsync(IReadOnlyCollection<long> mailIds, Actor actor, CancellationToken cancel = default)
    {
        var results = new List<ReplayResult>();
        foreach (var id in mailIds.Distinct().Order())
        {
            try
            {
                results.Add(await ApplyAsync(id, actor, cancel));
            }
            catch (Exception fault) when (fault is not OperationCanceledException && !DatabaseFault.IsStorage(fault)) // one bad mail doesn't stop the next
            {
                LogFailed(logger, fault, id);
                results.Add(new(id, ReplayEffect.LeaveAlone, $"It failed: {(fault.InnerException ?? fault).Message}", null));
            }
        }
        live.Publish(LiveTopic.Tickets);
        live.Publish(LiveTopic.Mailboxes);
        return results;
    }

    /// <summary>Each mail alone: what one of them changes may be what the next one's decision rests on.</summary>
    private async Task<ReplayResult> ApplyAsync(long id, Actor actor, CancellationToken cancel)
    {
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var counter = await CounterRow.LockAsync(db, Counter.Tickets, cancel); // in one order with decisions and answers
        var config = await configs.GetAsync(db, cancel);
        if ((await ReplayCases.LoadAsync(db, config, [id], cancel)).SingleOrDefault() is not { } item) return new(id, ReplayEffect.LeaveAlone, "There is no such mail, or its content was deleted.", null);
        var result = await new ReplayWriter(db, config, actor, time.GetUtcNow().UtcDateTime, counter).ApplyAsync(item, cancel);
        if (result.Effect is ReplayEffect.None or ReplayEffect.LeaveAlone) return result;
        await CounterRow.BumpChangesAsync(db, cancel);
        await transaction.CommitAsync(cancel);
        return result;
    }

    private static async Task<List<Found>> NextAsync(HelpdeskDb db, ReplayScope scope, long after, CancellationToken cancel)
    {
        var mails = db.StoredMails.Where(mail => mail.Id > after && mail.State != StoredMailState.Stored && mail.Source != MailSourceKind.Note);
        if (scope.MailIds is { } given)
        {
            var ids = given.Take(MaxIds).ToArray();
            mails = mails.Where(mail => EF.Parameter(ids).Contains(mail.Id));
        }
        if (scope.MailboxId is { } mailbox) mails = mails.Where(mail => mail.MailboxId == mailbox);
        if (scope.From is { } from) mails = mails.Where(mail => mail.StoredAt >= from);
        if (scope.To is { } to) mails = mails.Where(mail => mail.StoredAt < to);
        return await mails.OrderBy(mail => mail.Id).Take(Batch).Select(mail => new Found(mail.Id, mail.StoredAt)).ToListAsync(cancel);
    }

    private static ReplayDifference Difference(ReplayCase item, RoutingConfig config)
    {
        var stored = item.Stored;
        var old = TraceJson.Read(stored.Trace);
        var wasQueue = stored.QueueId ?? (stored.Decision == DecisionKind.CreateTicket ? item.Place?.Ticket.QueueId : null);
        var was = new ReplayVerdict(
            stored.Decision ?? DecisionKind.Quarantine, stored.Reason ?? DecisionReason.ProcessingFailed, stored.Sentence ?? "", wasQueue, Name(wasQueue), item.Place?.Ticket.Id ?? stored.TicketId, item.Place?.Ticket.Number);
        var (queue, ticket) = item.Decision switch
        {
            Decision.CreateTicket create => (create.QueueId, null),
            Decision.HoldAsContactRequest hold => (hold.QueueId, null),
            Decision.AppendToTicket append => ((long?)null, append.Ticket),
            Decision.RecordReport report => (null, report.Original?.Ticket),
            Decision.Ignore ignore => (null, ignore.Ticket),
            Decision.Refuse refuse => (null, refuse.Ticket),
            _ => (null, (Tickets.Ticket?)null),
        };
        var would = new ReplayVerdict(item.Decision.Kind, item.Decision.Reason, item.Decision.Sentence, queue, Name(queue), ticket?.Id, ticket?.Number);
        return new(
            stored.Id, item.Incoming.Mail?.From.Address, item.Incoming.Mail?.Subject, stored.StoredAt, was, would, item.Effect, item.Why,
            [.. old.Except(item.Trace)], [.. item.Trace.Except(old)], item.Changes);

        string? Name(long? id) => id is { } value ? config.Queue(value)?.Name : null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Stored mail {StoredMailId} could not be decided again")]
    private static partial void LogFailed(ILogger logger, Exception exception, long storedMailId);

    private sealed record Found(long Id, DateTime StoredAt);
}
