using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Mail.Smtp;

/// <summary>A server's answer (RFC 5321 §4.2), its words kept as they came.</summary>
/// <param name="Code">Three digits: 2xx done, 3xx go on, 4xx not now, 5xx no.</param>
/// <param name="Lines">Without code and separator.</param>
public sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    public bool IsPositive => Code is >= 200 and < 400;
    public bool IsTransient => Code is >= 400 and < 500;
    public bool IsPermanent => Code >= 500;

    /// <summary>All lines as one text.</summary>
    public string Text => string.Join('\n', Lines);

    /// <summary>RFC 3463 status the text begins with ("5.1.1"), or null.</summary>
    public string? EnhancedStatus => Lines.Count > 0 ? StatusOf(Lines[0], Code) : null;

    public override string ToString() => $"{Code} {Text}";

    internal Refusal ToRefusal(string command) => new(KindOf(command), command, Code.ToString(System.Globalization.CultureInfo.InvariantCulture), Text, IsPermanent)
    {
        EnhancedStatus = EnhancedStatus,
    };

    private RefusalKind KindOf(string command) => (Code, EnhancedStatus) switch
    {
        // RFC 4954 §6
        (535 or 534 or 538 or 530, _) => RefusalKind.AuthenticationFailed,
        (454, _) when command == "AUTH" => RefusalKind.Unavailable,
        (421 or 450 or 451, _) => RefusalKind.Unavailable,
        (552, "5.3.4") or (_, "5.3.4" or "5.2.3") => RefusalKind.MessageTooLarge,
        (552 or 452, _) => RefusalKind.OverQuota,
        (500 or 501 or 502 or 503 or 504, _) => command == "AUTH" ? RefusalKind.AuthenticationFailed : RefusalKind.NotUnderstood,
        _ => command switch
        {
            "AUTH" => RefusalKind.AuthenticationFailed,
            "MAIL FROM" => RefusalKind.SenderRefused,
            "RCPT TO" => RefusalKind.RecipientRefused,
            "DATA" => RefusalKind.ContentRefused,
            _ => IsTransient ? RefusalKind.Unavailable : RefusalKind.Other,
        },
    };

    /// <summary>status-code = class "." subject "." detail; the class has to be the reply's own (RFC 2034 §3).</summary>
    private static string? StatusOf(string line, int code)
    {
        var end = line.IndexOf(' ');
        var word = end < 0 ? line : line[..end];
        var parts = word.Split('.');
        return parts.Length == 3 && parts[0].Length == 1 && parts[0][0] - '0' == code / 100
            && parts[1].Length is > 0 and <= 3 && parts[2].Length is > 0 and <= 3
            && parts[1].All(char.IsAsciiDigit) && parts[2].All(char.IsAsciiDigit) ? word : null;
    }
}
