namespace HelpdeskMail.Mail.Transport;

/// <summary>Either a fault of the connection (<see cref="MailProtocolException"/>) or a refusal by the server (<see cref="MailRefusedException"/>).</summary>
public abstract class MailException(string text, Exception? cause = null) : Exception(text, cause)
{
    /// <summary>For people: what happened, in plain words, ending without a stack trace's vocabulary.</summary>
    public string Text => Message;
}
