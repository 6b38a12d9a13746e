using System.Globalization;
using HelpdeskMail.Core.Ingestion;

namespace HelpdeskMail.Core.Routing.Filters;

/// <summary>Decides a mail with the filter that is tried and without it: the difference is what the filter does. The pipeline itself decides, so a trial tells no
/// more and no less than live mail would show.</summary>
/// <param name="config">The configuration as it is.</param>
/// <param name="others">All other filters.</param>
/// <param name="tried">The one.</param>
internal sealed class TrialJudge(RoutingConfig config, IReadOnlyList<Filter> others, Filter tried)
{
    private readonly RoutingConfig without = config.With(new FilterSet(others));
    private readonly RoutingConfig with = config.With(new FilterSet([.. others, tried]));
    private readonly HashSet<Filter> earlier = [.. FilterSet.InOrder([.. others, tried]).TakeWhile(filter => !ReferenceEquals(filter, tried))];
    private readonly CompiledFilter compiled = new(tried);

    /// <summary>Null: the filter doesn't match it.</summary>
    public TrialMatch? Judge(IncomingMail incoming, RoutingKnowledge knowledge)
    {
        var (context, decision, _) = DecisionBatch.Decide(incoming, with, knowledge);
        if (context is null) return null; // it can't be read
        if (context.Matched?.Find(matching => ReferenceEquals(matching.Filter, tried)) is { } done)
        {
            var (before, was, _) = DecisionBatch.Decide(incoming, without, knowledge);
            var (effect, detail) = Difference(before!, was, context, decision);
            return Match(incoming, done, effect, detail);
        }
        var stopped = context.Matched is [.., { Filter: { Stop: true } last }] && earlier.Contains(last) ? last : null;
        if (context.Matched is not null && stopped is null) return null;
        if (compiled.Match(new FilterMail(context.Mail, context.Trust, context.Commands)) is not { } missed) return null;
        return stopped is null ? Match(incoming, missed, TrialEffect.DecidedBefore, decision.Sentence) : Match(incoming, missed, TrialEffect.KeptBack, stopped.Name);
    }

    private static TrialMatch Match(IncomingMail incoming, FilterMatching matching, TrialEffect effect, string detail) =>
        new(incoming.StoredMailId, incoming.StoredAt, incoming.Mail!.Subject, incoming.Mail.From.Address, incoming.Stored.TicketId, matching.Because, effect, detail);

    private (TrialEffect Effect, string Detail) Difference(RoutingContext before, Decision was, RoutingContext after, Decision now)
    {
        if (now is Decision.Ignore && was is not Decision.Ignore) return (TrialEffect.Ignores, now.Sentence);
        if (now.Kind != was.Kind) return (TrialEffect.Changes, now.Sentence);
        if (QueueOf(was) is { } from && QueueOf(now) is { } to && from != to) return (TrialEffect.Moves, $"{config.Queue(from)?.Name} → {config.Queue(to)?.Name}");
        if (now is Decision.CreateTicket && string.Join(", ", Changes(before.Wanted, after.Wanted)) is { Length: > 0 } changes) return (TrialEffect.Changes, changes);
        return (before.NoAutoReply != after.NoAutoReply ? TrialEffect.Silences : TrialEffect.Nothing, now.Sentence);
    }

    private static IEnumerable<string> Changes(WantedTicket was, WantedTicket now)
    {
        if (now.Priority != was.Priority) yield return string.Create(CultureInfo.InvariantCulture, $"priority {now.Priority}");
        if (now.State != was.State) yield return string.Create(CultureInfo.InvariantCulture, $"state {now.State}");
        if (now.OwnerId != was.OwnerId) yield return "another owner";
        if (now.Customer?.Address != was.Customer?.Address) yield return $"customer {now.Customer?.Address}";
        foreach (var tag in now.Tags.Except(was.Tags, StringComparer.OrdinalIgnoreCase)) yield return $"tag {tag}";
        foreach (var (name, value) in now.Fields.Where(field => was.Fields.GetValueOrDefault(field.Key) != field.Value)) yield return $"field {name}: {value}";
    }

    private static long? QueueOf(Decision decision) => decision switch
    {
        Decision.CreateTicket create => create.QueueId,
        Decision.HoldAsContactRequest hold => hold.QueueId,
        _ => null,
    };
}
