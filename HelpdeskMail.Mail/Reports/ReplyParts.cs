namespace HelpdeskMail.Mail.Reports;

/// <summary>A text taken apart; nothing is lost: Visible, Quotation and Signature are cut out of the text they came from.</summary>
/// <param name="Visible">What the writer wrote, without quotation and signature.</param>
/// <param name="QuoteStart">Index in the text where the trailing quotation begins, or -1.</param>
/// <param name="Quotation">The trailing quotation, or "".</param>
/// <param name="Signature">The signature, or "".</param>
public sealed record ReplyParts(string Visible, int QuoteStart, string Quotation, string Signature);
