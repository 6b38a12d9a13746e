using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Quarantine;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Routing.Loops;

/// <summary>Shows whom the loop guard has stopped, and lets them in again (G11).</summary>
public sealed class LoopDesk(IDbContextFactory<HelpdeskDb> contexts, QuarantineActions quarantine, LiveUpdates live, TimeProvider time)
{
    /// <summary>Mails that are released at once; the rest by asking again.</summary>
    public const int MaxReleased = 1000;
    private const int MaxPageSize = 200;
    private const int Examples = 10;
    private static readonly TimeSpan Keep = TimeSpan.FromDays(32); // the setting's longest window is 31 days

    /// <summary>How many stories nobody has settled yet; the navigation shows it.</summary>
    public async Task<int> OpenAsync(CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.LoopIncidents.CountAsync(row => row.ResumedAt == null, cancel);
    }

    /// <summary>Newest first.</summary>
    /// <param name="open">Only those that nobody has settled, or only those that somebody has; null: all.</param>
    /// <param name="size">At most 200.</param>
    /// <param name="before">The last id of the page before; null: the first page.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<LoopPart> ListAsync(bool? open, int size, long? before = null, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        size = Math.Clamp(size, 1, MaxPageSize);
        var rows = db.LoopIncidents.AsNoTracking();
        if (open is true) rows = rows.Where(row => row.ResumedAt == null);
        if (open is false) rows = rows.Where(row => row.ResumedAt != null);
        if (before is { } id) rows = rows.Where(row => row.Id < id);
        var found = await rows.OrderByDescending(row => row.Id).Take(size + 1).ToListAsync(cancel);
        var shown = await NamedAsync(db, [.. found.Take(size)], LoopRules.Of(await SavedSettings.LoadAsync(db, cancel)), cancel);
        return new LoopPart(shown, found.Count > size ? shown[^1].Incident.Id : null);
    }

    /// <summary>Null: there is no such incident.</summary>
    public async Task<LoopStory?> GetAsync(long id, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (await db.LoopIncidents.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancel) is not { } incident) return null;
        var rules = LoopRules.Of(await SavedSettings.LoadAsync(db, cancel));
        var waiting = Waiting(db, incident.Sender);
        return new LoopStory(
            (await NamedAsync(db, [incident], rules, cancel))[0], await waiting.CountAsync(cancel), await waiting.OrderByDescending(item => item.Since).Take(Examples).ToListAsync(cancel),
            await LoopTimes.ChartAsync(db, incident, cancel), await EndsAtAsync(db, incident, rules, cancel), rules.EntryOf(incident.Sender), rules.Threshold, (int)rules.Window.TotalMinutes);
    }

    /// <summary>Removes what no window reaches any more.</summary>
    /// <returns>How many rows went.</returns>
    public async Task<int> PurgeAsync(CancellationToken cancel = default)
    {
        var old = time.GetUtcNow().UtcDateTime - Keep;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.LoopRecords.Where(row => row.At < old).ExecuteDeleteAsync(cancel);
    }

    /// <summary>Lets the sender in again: what it has written up to now doesn't count any more. Settles all of the sender's open stories.</summary>
    /// <param name="incidentId">One that is settled already can be asked again, to release more.</param>
    /// <param name="release">Decide anew the mails that were held back, the oldest <see cref="MaxReleased"/> of them; else they stay in quarantine.</param>
    /// <param name="actor">Who wants it.</param>
    /// <param name="allow">Put it on the list of those who are never stopped; null: it may be stopped again.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>How many mails were decided anew. Faults: "id".</returns>
    public async Task<Outcome<int>> ResumeAsync(long incidentId, bool release, Actor actor, LoopAllow? allow = null, CancellationToken cancel = default)
    {
        List<long> aside;
        await using (var db = await contexts.CreateDbContextAsync(cancel))
        await using (var transaction = await db.Database.BeginTransactionAsync(cancel))
        {
            await CounterRow.LockAsync(db, Counter.Tickets, cancel); // a batch that stops somebody is seen whole or not at all
            if (await db.LoopIncidents.AsNoTracking().FirstOrDefaultAsync(row => row.Id == incidentId, cancel) is not { } incident) return Faults.Of("id", "This incident is not there any more.");
            var (sender, now, by) = (incident.Sender, time.GetUtcNow().UtcDateTime, MailText.Line(actor.Name, 200));
            await db.LoopIncidents.Where(row => row.Sender == sender && (row.Id == incidentId || row.ResumedAt == null)).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.ResumedAt, now).SetProperty(row => row.ResumedBy, by).SetProperty(row => row.AlwaysAllowed, row => row.AlwaysAllowed || allow != null), cancel);
            if (allow is { } wanted && await AllowAsync(db, sender, wanted, cancel) is { Any: true } faults) return faults;
            aside = release ? await Waiting(db, sender).OrderBy(item => item.Id).Select(item => item.Id).Take(MaxReleased).ToListAsync(cancel) : [];
            await CounterRow.BumpChangesAsync(db, cancel);
            await transaction.CommitAsync(cancel);
        }
        live.Publish(LiveTopic.Mailboxes);
        if (aside.Count == 0) return 0;
        var results = await quarantine.ApplyAsync(aside, new QuarantineAction.Retry(), actor, cancel);
        return results.Ok ? results.Value!.Count(result => !result.Open) : throw new InvalidOperationException("Retrying has no faults of its own.");
    }

    private static IQueryable<QuarantineItem> Waiting(HelpdeskDb db, string sender) =>
        db.Quarantine.AsNoTracking().Where(item => item.Sender == sender && item.Open && item.Reason == nameof(DecisionReason.LoopBlocked));

    private static async Task<Faults> AllowAsync(HelpdeskDb db, string sender, LoopAllow wanted, CancellationToken cancel)
    {
        var faults = new Faults();
        var allowed = await SettingsStore.GetAsync(db, Parameters.LoopAllowed, cancel);
        var entry = wanted == LoopAllow.Domain ? sender[Math.Max(0, sender.LastIndexOf('@'))..] : sender;
        await SettingsStore.ApplyAsync(db, Parameters.LoopAllowed.Key, string.Join(", ", allowed.Append(entry).Distinct(StringComparer.OrdinalIgnoreCase)), faults, cancel);
        if (!faults.Any) await db.SaveChangesAsync(cancel);
        return faults;
    }

    /// <summary>When so many of what counts is out of the window that a new mail is taken: blocked mails don't count.</summary>
    private async Task<DateTime?> EndsAtAsync(HelpdeskDb db, LoopIncident incident, LoopRules rules, CancellationToken cancel)
    {
        var (sender, now) = (incident.Sender, time.GetUtcNow().UtcDateTime);
        if (rules.Allows(sender)) return null;
        var after = now - rules.Window;
        if (await db.LoopIncidents.Where(row => row.Sender == sender && row.ResumedAt != null).MaxAsync(row => row.ResumedAt, cancel) is { } resumed && resumed > after) after = resumed;
        var oldest = await db.LoopRecords.Where(row => row.Sender == sender && row.At > after && row.At <= now).OrderByDescending(row => row.At).Skip(rules.Threshold - 1).Select(row => (DateTime?)row.At).FirstOrDefaultAsync(cancel);
        return oldest + rules.Window;
    }

    private async Task<IReadOnlyList<LoopRow>> NamedAsync(HelpdeskDb db, List<LoopIncident> incidents, LoopRules rules, CancellationToken cancel)
    {
        var ids = incidents.Select(row => row.MailboxId).OfType<long>().Distinct().ToArray();
        var names = ids.Length == 0 ? [] : await db.Mailboxes.Where(mailbox => EF.Parameter(ids).Contains(mailbox.Id)).ToDictionaryAsync(mailbox => mailbox.Id, mailbox => mailbox.Name, cancel);
        var since = time.GetUtcNow().UtcDateTime - rules.Window;
        return incidents.ConvertAll(row => new LoopRow(row, StateOf(row, since), row.MailboxId is { } id ? names.GetValueOrDefault(id) : null));
    }

    private static LoopState StateOf(LoopIncident row, DateTime since) => row switch
    {
        { AlwaysAllowed: true } => LoopState.Allowed,
        { ResumedAt: not null } => LoopState.Resumed,
        _ => row.LastAt > since ? LoopState.Stopped : LoopState.Quiet,
    };
}
