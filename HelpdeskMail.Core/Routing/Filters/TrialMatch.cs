namespace HelpdeskMail.Core.Routing.Filters;

/// <summary>A stored mail that a filter which is tried matches.</summary>
/// <param name="TicketId">Where it is now.</param>
/// <param name="Because">The conditions that held and what they saw.</param>
/// <param name="Detail">"Support → Sales", "priority High, tag bill"; for <see cref="TrialEffect.KeptBack"/> the earlier filter's name, otherwise how the mail is decided.</param>
public sealed record TrialMatch(long StoredMailId, DateTime StoredAt, string Subject, string Sender, long? TicketId, string Because, TrialEffect Effect, string Detail)
{
    public string? TicketNumber { get; init; }
}
