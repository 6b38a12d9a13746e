namespace HelpdeskMail.Core.Tickets.Contents;

/// <summary>A receipt (RFC 8098) for a mail of ours.</summary>
/// <param name="Recipient">Whose mailbox it is about; "" where the receipt doesn't say.</param>
/// <param name="Kind">displayed, deleted, dispatched or processed, in lower case; anything else for what can't be read.</param>
/// <param name="ByItself">A program did it (a rule, a filter), not the recipient.</param>
/// <param name="OriginalMessageId">Of the mail it is about, without brackets.</param>
/// <param name="Faults">What the recipient's program had to complain about.</param>
public sealed record ReceiptView(string Recipient, string Kind, bool ByItself, string? OriginalMessageId, string? Program, IReadOnlyList<string> Faults);
