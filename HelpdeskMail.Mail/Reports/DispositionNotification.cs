using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Mail.Reports;

/// <summary>A receipt: what became of a mail after its delivery (RFC 8098 §3).</summary>
/// <param name="FinalRecipient">Whose mailbox it is about; "" where the receipt doesn't say.</param>
/// <param name="OriginalRecipient">As the sender gave it, where the receipt holds it.</param>
/// <param name="OriginalMessageId">Of the mail that was read or deleted.</param>
/// <param name="Type">displayed, deleted, dispatched or processed, in lower case; "" where it can't be read.</param>
/// <param name="Modifiers">error, warning … (§3.2.6.3), in lower case.</param>
/// <param name="IsAutomaticAction">The disposition came about without the user (a rule deleted it, §3.2.6.1).</param>
/// <param name="IsSentAutomatically">The receipt was sent without the user's consent (§3.2.6.1).</param>
/// <param name="ReportingUserAgent">The program that wrote it, with its host.</param>
/// <param name="Errors">Text of Error fields.</param>
public sealed record DispositionNotification(
    string FinalRecipient,
    string? OriginalRecipient,
    MessageId? OriginalMessageId,
    string Type,
    IReadOnlyList<string> Modifiers,
    bool IsAutomaticAction,
    bool IsSentAutomatically,
    string? ReportingUserAgent,
    IReadOnlyList<string> Errors)
{
    /// <summary>The recipient's program showed the mail. Whether anybody read it no receipt can say.</summary>
    public bool IsDisplayed => Type == "displayed";
}
