using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.Core.Fetching;

/// <summary>A fetch that could not go on. <see cref="Exception.Message"/> is in plain words.</summary>
public sealed class MailSourceException(MailboxErrorKind kind, string text, string? server, Exception? inner = null) : Exception(text, inner)
{
    public MailboxErrorKind Kind { get; } = kind;

    /// <summary>The server's or the system's own words, verbatim.</summary>
    public string? Server { get; } = server;
}
