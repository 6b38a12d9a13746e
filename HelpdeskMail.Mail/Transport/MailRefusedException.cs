namespace HelpdeskMail.Mail.Transport;

/// <summary>The server understood and said no. The connection is still good.</summary>
public sealed class MailRefusedException(Refusal refusal) : MailException(refusal.ToString())
{
    public Refusal Refusal { get; } = refusal;
}
