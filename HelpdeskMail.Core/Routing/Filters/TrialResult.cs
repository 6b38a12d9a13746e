namespace HelpdeskMail.Core.Routing.Filters;

/// <summary>What a filter would have done with the last stored mails.</summary>
/// <param name="Examined">Mails that were looked at.</param>
/// <param name="Since">When the oldest of them was stored.</param>
/// <param name="Effects">How many mails each effect would have had.</param>
/// <param name="Matches">The newest that match, at most <see cref="FilterTrial.MaxListed"/>.</param>
/// <param name="Cut">It ended early: enough bytes read, or enough time gone.</param>
public sealed record TrialResult(int Examined, DateTime? Since, IReadOnlyDictionary<TrialEffect, int> Effects, IReadOnlyList<TrialMatch> Matches, bool Cut)
{
    public int Matched => Effects.Values.Sum();
}
