namespace HelpdeskMail.Core.Deliveries;

/// <summary>What a report says of one recipient of a mail of ours, before it is written down.</summary>
/// <param name="Address">As we sent to it where that is known, else as reported; "" where nothing could be read.</param>
/// <param name="RecipientId">The outbox recipient; null: which one it is can't be told.</param>
/// <param name="Reported">The address that the report names where it is another one.</param>
internal sealed record HeardNews(NewsKind Kind, string Address, long? RecipientId, string? Reported, string? Status, string? Cause, string? Line, string? Mta);
