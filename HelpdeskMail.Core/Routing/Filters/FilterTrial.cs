using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Routing.Filters;

/// <summary>Tries a filter that is not saved on the last stored mails (G10), each decided as if it had just come; writes nothing.</summary>
public sealed class FilterTrial(IDbContextFactory<HelpdeskDb> contexts, RoutingConfigCache configs, TimeProvider time)
{
    public const int DefaultMails = 200;
    public const int MaxMails = 2_000;
    public const int MaxListed = 50;

    private const int Batch = 100;
    private const long BatchBytes = 8 * 1024 * 1024;
    private const long MaxMailBytes = 32 * 1024 * 1024;
    private const long MaxBytes = 128 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <param name="draft">The filter; with an id it stands for the saved one. It needs no name yet.</param>
    /// <param name="mails">How many mails, newest first; those beyond 32 MB are passed over.</param>
    /// <param name="progress">Gets how many have been looked at.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>Faults under the draft's fields, and "mails".</returns>
    public async Task<Outcome<TrialResult>> RunAsync(FilterDraft draft, int mails = DefaultMails, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var faults = new Faults();
        await FilterRules.CheckAsync(db, draft, faults, cancel);
        faults.Forget("name");
        if (mails is < 1 or > MaxMails) faults.Add("mails", $"Must be between 1 and {MaxMails}.");
        if (faults.Any) return faults;

        var others = await db.Filters.AsNoTracking().Where(filter => filter.Id != draft.Id).ToListAsync(cancel);
        var config = await configs.GetAsync(db, cancel);
        var judge = new TrialJudge(config, others, draft.ToFilter());
        var (started, examined, bytes, effects, matches) = (time.GetTimestamp(), 0, 0L, new Dictionary<TrialEffect, int>(), new List<TrialMatch>());
        DateTime? since = null;
        var cut = false;
        for (var before = long.MaxValue; examined < mails; progress?.Report(examined))
        {
            var ids = await NextAsync(db, before, mails - examined, cancel);
            if (ids.Length == 0) break;
            cut = bytes > MaxBytes || time.GetElapsedTime(started) > Patience;
            if (cut) break;
            var batch = await db.StoredMails.AsNoTracking().Include(mail => mail.Raw).Where(mail => EF.Parameter(ids).Contains(mail.Id)).OrderByDescending(mail => mail.Id).ToListAsync(cancel);
            batch.RemoveAll(mail => mail.Raw is not { Bytes.Length: > 0 }); // deleted from quarantine
            var incoming = new List<IncomingMail>(batch.Count);
            foreach (var mail in batch)
            {
                cancel.ThrowIfCancellationRequested();
                incoming.Add(IncomingMail.Of(mail, mail.Raw!.Bytes));
            }
            var knowledge = await KnowledgeLoader.LoadAsync(db, incoming, config, cancel);
            foreach (var mail in incoming)
            {
                cancel.ThrowIfCancellationRequested();
                knowledge.Before = mail.StoredMailId;
                (examined, bytes, since) = (examined + 1, bytes + mail.Size, mail.StoredAt);
                if (judge.Judge(mail, knowledge) is not { } match) continue;
                effects[match.Effect] = effects.GetValueOrDefault(match.Effect) + 1;
                if (matches.Count < MaxListed) matches.Add(match);
            }
            before = ids[^1];
        }
        return new TrialResult(examined, since, effects, await NumberedAsync(db, matches, cancel), cut);
    }

    /// <summary>As many of the next older mails as fit into memory.</summary>
    private static async Task<long[]> NextAsync(HelpdeskDb db, long before, int left, CancellationToken cancel)
    {
        var next = await db.StoredMails.Where(mail => mail.Id < before && mail.Source != MailSourceKind.Note && mail.Size <= MaxMailBytes).OrderByDescending(mail => mail.Id)
            .Take(Math.Min(Batch, left)).Select(mail => new { mail.Id, mail.Size }).ToListAsync(cancel);
        var bytes = 0L;
        return [.. next.TakeWhile((mail, index) => (bytes += mail.Size) <= BatchBytes || index == 0).Select(mail => mail.Id)];
    }

    private static async Task<List<TrialMatch>> NumberedAsync(HelpdeskDb db, List<TrialMatch> matches, CancellationToken cancel)
    {
        var ids = matches.Select(match => match.TicketId).OfType<long>().Distinct().ToArray();
        if (ids.Length == 0) return matches;
        var numbers = await db.Tickets.Where(ticket => EF.Parameter(ids).Contains(ticket.Id)).ToDictionaryAsync(ticket => ticket.Id, ticket => ticket.Number, cancel);
        return matches.ConvertAll(match => match.TicketId is { } id ? match with { TicketNumber = numbers.GetValueOrDefault(id) } : match);
    }
}
