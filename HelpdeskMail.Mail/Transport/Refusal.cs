namespace HelpdeskMail.Mail.Transport;

/// <summary>A server's no.</summary>
/// <param name="Kind">Our reading of it.</param>
/// <param name="Command">What we asked, without arguments: "SELECT", "RCPT TO".</param>
/// <param name="Code">IMAP response code ("NONEXISTENT"), SMTP reply code ("550"), POP3 extended code ("IN-USE"), or empty.</param>
/// <param name="Text">The server's own words, verbatim.</param>
/// <param name="IsPermanent">Asking again later without changing anything would be refused again.</param>
public sealed record Refusal(RefusalKind Kind, string Command, string Code, string Text, bool IsPermanent)
{
    /// <summary>RFC 3463 status ("5.7.8"), where the server gave one.</summary>
    public string? EnhancedStatus { get; init; }

    /// <summary>What the server sent besides its answer, e.g. the JSON of an OAuth error challenge.</summary>
    public string? Detail { get; init; }

    public override string ToString() => $"{Command}: the server refused: {Text}";
}
