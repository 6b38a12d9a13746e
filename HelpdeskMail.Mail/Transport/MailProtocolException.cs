namespace HelpdeskMail.Mail.Transport;

/// <summary>A fault: the connection is gone or can't be trusted any more and has been dropped. Nothing more can be asked on it.</summary>
public class MailProtocolException(MailFaultKind kind, string text, Exception? cause = null) : MailException(text, cause)
{
    public MailFaultKind Kind { get; } = kind;

    /// <summary>What the server said last, where that explains the fault (a BYE, a 421, garbage instead of a greeting).</summary>
    public string? ServerText { get; init; }
}
