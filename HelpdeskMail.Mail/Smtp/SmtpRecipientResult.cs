using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Mail.Smtp;

/// <summary>What became of one recipient.</summary>
/// <param name="Answer">The server's reply that decided it; null when a fault or our own check did.</param>
/// <param name="Text">The server's words, or ours about the fault.</param>
public sealed record SmtpRecipientResult(string Address, RecipientState State, SmtpReply? Answer, string Text)
{
    /// <summary>Set where the server refused; says which command and why.</summary>
    public Refusal? Refusal { get; init; }
}
