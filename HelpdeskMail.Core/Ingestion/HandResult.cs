namespace HelpdeskMail.Core.Ingestion;

/// <summary>What came of a hand-made decision for one mail.</summary>
/// <param name="Fault">Why it was not applied; null: the mail stands as wanted, by this call or by an earlier one.</param>
/// <param name="Decision">How the mail stands decided now; null: undecided.</param>
/// <param name="TicketId">The ticket it is in now.</param>
/// <param name="Sentence">The decision for people.</param>
public sealed record HandResult(long StoredMailId, string? Fault, DecisionKind? Decision, long? TicketId, string? Sentence)
{
    internal static HandResult Of(StoredMail mail, string? fault) => new(mail.Id, fault, mail.Decision, mail.TicketId, mail.Sentence);
}
