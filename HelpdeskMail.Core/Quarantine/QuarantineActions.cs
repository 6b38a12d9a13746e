using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Quarantine;

/// <summary>Applies what a person does with mails in quarantine. What is stored is decided by <see cref="HandDecisions"/>; what was held back on its server
/// is marked in the ledger and fetched. Doing the same twice does it once.</summary>
public sealed class QuarantineActions(
    IDbContextFactory<HelpdeskDb> contexts, WriteGate gate, HandDecisions decisions, Fetcher fetcher, RoutingConfigCache configs, MailOptions options, LiveUpdates live, TimeProvider time)
{
    public const int MaxMegabytes = (int)(MailOptions.LargestByHand / 1024 / 1024);
    private const int Chunk = 500;
    private static readonly TimeSpan FetchPatience = TimeSpan.FromSeconds(30);

    private readonly HeldBackRefusal refusal = new(contexts, gate, configs, options.MaxMessageBytes, time);

    /// <summary>One result for each item, in the order given.</summary>
    /// <returns>Faults: "maxMegabytes", "queue", "ticket" or "text", with nothing done.</returns>
    public async Task<Outcome<IReadOnlyList<QuarantineResult>>> ApplyAsync(IReadOnlyCollection<long> ids, QuarantineAction action, Actor actor, CancellationToken cancel = default)
    {
        if (action is QuarantineAction.Retry { MaxMegabytes: { } limit } && limit is < 1 or > MaxMegabytes) return Faults.Of("maxMegabytes", $"The size is between 1 and {MaxMegabytes} MB.");
        var wanted = await WantedAsync(action, actor, cancel);
        if (!wanted.Ok) return Failed(wanted.Errors);
        var faults = new Dictionary<long, string>();
        foreach (var chunk in ids.Distinct().Chunk(Chunk))
        {
            var open = await OpenAsync(chunk, cancel);
            var stored = open.Where(item => item.StoredMailId is not null).ToList();
            if (action is QuarantineAction.Retry retry) await TellRetryAsync(stored, retry, actor, cancel);
            if (stored.Count > 0)
            {
                var outcome = await decisions.ApplyAsync([.. stored.Select(item => item.StoredMailId!.Value)], wanted.Value!, actor, cancel: cancel);
                if (!outcome.Ok) return Failed(outcome.Errors);
                foreach (var (item, result) in stored.Zip(outcome.Value!)) if (result.Fault is { } fault) faults[item.Id] = fault;
                if (action is QuarantineAction.Delete) await EraseAsync([.. stored.Where(item => !faults.ContainsKey(item.Id))], actor, cancel);
            }
            await HeldBackAsync([.. open.Where(item => item.StoredMailId is null)], action, actor, faults, cancel);
        }
        live.Publish(LiveTopic.Tickets);
        live.Publish(LiveTopic.Mailboxes);
        return await ResultsAsync(ids, faults, cancel);
    }

    private async Task<Outcome<HandDecision>> WantedAsync(QuarantineAction action, Actor actor, CancellationToken cancel)
    {
        switch (action)
        {
            case QuarantineAction.Retry:
                return new HandDecision.Retry();
            case QuarantineAction.Accept accept:
                return new HandDecision.MakeTicket(accept.QueueId);
            case QuarantineAction.Reject reject:
                var faults = new Faults();
                FieldRules.Text(faults, "text", reject.Text, HandDecisions.MaxRefusal, required: false);
                return faults.Any ? faults : new HandDecision.Refuse(reject.Text);
            case QuarantineAction.Delete:
                return new HandDecision.Dismiss($"deleted from quarantine by {MailText.Line(actor.Name, 200)}");
            case QuarantineAction.Append append:
                await using (var db = await contexts.CreateDbContextAsync(cancel))
                {
                    var number = TicketNumber.TryParse(append.TicketNumber.Trim('[', ']', '#', ' '), out var parsed) ? parsed.Value.Value : "";
                    return await db.Tickets.Where(ticket => ticket.Number == number).Select(ticket => (long?)ticket.Id).FirstOrDefaultAsync(cancel) is { } id
                        ? new HandDecision.Append(id)
                        : Faults.Of("ticket", "There is no such ticket.");
                }
            default:
                throw new InvalidOperationException($"Unknown action {action}.");
        }
    }

    private async Task<List<QuarantineItem>> OpenAsync(long[] ids, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Quarantine.AsNoTracking().Where(item => EF.Parameter(ids).Contains(item.Id) && item.Open).OrderBy(item => item.Id).ToListAsync(cancel);
    }

    /// <summary>Whoever tries it again stands in the item's history, and how large it may be with the mail.</summary>
    private Task TellRetryAsync(List<QuarantineItem> items, QuarantineAction.Retry retry, Actor actor, CancellationToken cancel) => ChangeAsync(items, async (db, tracked, now) =>
    {
        foreach (var item in tracked) item.Tell(now, actor.Name, retry.MaxMegabytes is { } most ? $"Tries it again, up to {most} MB." : "Tries it again.");
        if (retry.MaxMegabytes is not { } megabytes) return;
        var (bytes, mails) = (Bytes(megabytes), tracked.Select(item => item.StoredMailId!.Value).ToArray());
        await db.StoredMails.Where(mail => EF.Parameter(mails).Contains(mail.Id)).ExecuteUpdateAsync(set => set.SetProperty(mail => mail.AllowedBytes, bytes), cancel);
    }, cancel);

    /// <summary>After it was dismissed: the bytes go, the ledger says who wanted it.</summary>
    private Task EraseAsync(List<QuarantineItem> items, Actor actor, CancellationToken cancel) => ChangeAsync(items, async (db, tracked, now) =>
    {
        var mails = tracked.Select(item => item.StoredMailId!.Value).ToArray();
        var empty = Array.Empty<byte>();
        await db.RawMails.Where(raw => EF.Parameter(mails).Contains(raw.StoredMailId)).ExecuteUpdateAsync(set => set.SetProperty(raw => raw.Bytes, empty), cancel);
        var keys = mails.Select(id => (long?)id).ToArray();
        await SkipAsync(db.Ledger.Where(entry => EF.Parameter(keys).Contains(entry.StoredMailId)), actor, cancel);
    }, cancel);

    private async Task HeldBackAsync(List<QuarantineItem> items, QuarantineAction action, Actor actor, Dictionary<long, string> faults, CancellationToken cancel)
    {
        if (items.Count == 0) return;
        switch (action)
        {
            case QuarantineAction.Retry retry:
                await AskAgainAsync(items, retry, actor, cancel);
                foreach (var mailbox in items.Select(item => item.MailboxId).OfType<long>().Distinct()) await fetcher.FetchWhenFreeAsync(mailbox, FetchPatience, cancel: cancel);
                break;
            case QuarantineAction.Delete:
                await ChangeAsync(items, async (db, tracked, now) =>
                {
                    var keys = tracked.Select(item => item.LedgerEntryId!.Value).ToArray();
                    await SkipAsync(db.Ledger.Where(entry => EF.Parameter(keys).Contains(entry.Id) && entry.State == LedgerState.Quarantined), actor, cancel);
                    await QuarantineRegister.ForgetHeadersAsync(db, keys, cancel);
                    foreach (var item in tracked)
                    {
                        item.Tell(now, actor.Name, "Deleted it from quarantine; the copy on the server was not touched.");
                        (item.Open, item.ClosedAt) = (false, now);
                    }
                }, cancel);
                break;
            case QuarantineAction.Reject reject:
                foreach (var item in items) if (await refusal.ApplyAsync(item, reject.Text, actor, cancel) is { } fault) faults[item.Id] = fault;
                break;
            default:
                foreach (var item in items) faults[item.Id] = "It is still on the server only. Have it fetched first.";
                break;
        }
    }

    /// <summary>Back to "seen": the next fetch of its mailbox takes it, whoever does it.</summary>
    private Task AskAgainAsync(List<QuarantineItem> items, QuarantineAction.Retry retry, Actor actor, CancellationToken cancel) => ChangeAsync(items, async (db, tracked, now) =>
    {
        var most = retry.MaxMegabytes is { } megabytes ? Bytes(megabytes) : options.MaxMessageBytes;
        var keys = tracked.Select(item => item.LedgerEntryId!.Value).ToArray();
        await db.Ledger.Where(entry => EF.Parameter(keys).Contains(entry.Id) && entry.State == LedgerState.Quarantined).ExecuteUpdateAsync(
            set => set.SetProperty(entry => entry.State, LedgerState.Seen).SetProperty(entry => entry.Reason, (string?)null).SetProperty(entry => entry.Detail, (string?)null)
                .SetProperty(entry => entry.AllowedBytes, most),
            cancel);
        foreach (var item in tracked) item.Tell(now, actor.Name, $"Has it fetched again, up to {ByteSize.Of(most)}.");
    }, cancel);

    private static Task<int> SkipAsync(IQueryable<LedgerEntry> entries, Actor actor, CancellationToken cancel)
    {
        var detail = $"deleted by {MailText.Line(actor.Name, 200)}";
        return entries.ExecuteUpdateAsync(
            set => set.SetProperty(entry => entry.State, LedgerState.Skipped).SetProperty(entry => entry.Reason, LedgerReason.DeletedByHand).SetProperty(entry => entry.Detail, detail), cancel);
    }

    private async Task ChangeAsync(List<QuarantineItem> items, Func<HelpdeskDb, List<QuarantineItem>, DateTime, Task> change, CancellationToken cancel)
    {
        if (items.Count == 0) return;
        var ids = items.Select(item => item.Id).ToArray();
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await change(db, await db.Quarantine.Where(item => EF.Parameter(ids).Contains(item.Id)).ToListAsync(cancel), time.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(cancel);
        await CounterRow.BumpChangesAsync(db, cancel);
        await transaction.CommitAsync(cancel);
    }

    private async Task<Outcome<IReadOnlyList<QuarantineResult>>> ResultsAsync(IReadOnlyCollection<long> ids, Dictionary<long, string> faults, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var items = new Dictionary<long, (QuarantineItem Item, long? TicketId)>();
        foreach (var chunk in ids.Distinct().Chunk(Chunk))
        {
            var rows = await db.Quarantine.AsNoTracking().Where(item => EF.Parameter(chunk).Contains(item.Id))
                .Select(item => new { Item = item, TicketId = db.StoredMails.Where(mail => mail.Id == item.StoredMailId).Select(mail => mail.TicketId).FirstOrDefault() }).ToListAsync(cancel);
            foreach (var row in rows) items[row.Item.Id] = (row.Item, row.TicketId);
        }
        return ids.Distinct().Select(id => items.TryGetValue(id, out var found)
            ? new QuarantineResult(id, faults.GetValueOrDefault(id), found.Item.Open, found.Item.History is [.., var last] ? last.Text : found.Item.Sentence, found.TicketId)
            : new QuarantineResult(id, "There is no such item in quarantine.", false, "", null)).ToList();
    }

    private static Faults Failed(IReadOnlyDictionary<string, string[]> errors)
    {
        var faults = new Faults();
        foreach (var (field, texts) in errors) foreach (var text in texts) faults.Add(field, text);
        return faults;
    }

    private static long Bytes(int megabytes) => (long)megabytes * 1024 * 1024;
}
