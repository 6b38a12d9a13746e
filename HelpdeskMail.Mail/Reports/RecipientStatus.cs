namespace HelpdeskMail.Mail.Reports;

/// <summary>The fate of one recipient (RFC 3464 §2.3).</summary>
/// <param name="FinalRecipient">Address the report is about, without its type; "" where none could be read.</param>
/// <param name="OriginalRecipient">As the sender gave it, where it differs.</param>
/// <param name="Action">failed, delayed, delivered, relayed or expanded.</param>
/// <param name="Status">Enhanced status code (RFC 3463) such as 5.1.1; null where there is none.</param>
/// <param name="Diagnostic">What the server said, unfolded.</param>
/// <param name="RemoteMta">The server that said it.</param>
public sealed record RecipientStatus(string FinalRecipient, string? OriginalRecipient, string Action, string? Status, string? Diagnostic, string? RemoteMta);
