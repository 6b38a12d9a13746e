using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Mail.Smtp;

/// <summary>What became of a message, recipient by recipient, in the envelope's order.</summary>
public sealed record SmtpSendResult(IReadOnlyList<SmtpRecipientResult> Recipients)
{
    /// <summary>The fault that ended the transaction, if one did; the connection is gone then.</summary>
    public MailProtocolException? Fault { get; init; }

    public bool AllAccepted => Recipients.All(recipient => recipient.State == RecipientState.Accepted);
}
