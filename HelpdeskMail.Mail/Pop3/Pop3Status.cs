using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Mail.Pop3;

/// <summary>The first line of an answer (RFC 1939 §3): +OK or -ERR, perhaps a code in brackets (RFC 2449 §8), text.</summary>
internal sealed record Pop3Status(bool IsOk, string Code, string Text)
{
    public static Pop3Status? Parse(string line)
    {
        var ok = line.StartsWith("+OK", StringComparison.OrdinalIgnoreCase);
        if (!ok && !line.StartsWith("-ERR", StringComparison.OrdinalIgnoreCase))
            return null;
        var text = line[(ok ? 3 : 4)..].Trim();
        var end = text.StartsWith('[') ? text.IndexOf(']') : -1;
        return end < 0 ? new Pop3Status(ok, "", text) : new Pop3Status(ok, text[1..end], text[(end + 1)..].Trim());
    }

    public Refusal ToRefusal(string command)
    {
        // RFC 2449 §8.1, RFC 3206
        var (kind, permanent) = Code.ToUpperInvariant() switch
        {
            "AUTH" => (RefusalKind.AuthenticationFailed, true),
            "IN-USE" => (RefusalKind.InUse, false),
            "LOGIN-DELAY" or "SYS/TEMP" => (RefusalKind.Unavailable, false),
            "SYS/PERM" => (RefusalKind.Other, true),
            _ => command switch
            {
                "PASS" or "AUTH" or "USER" => (RefusalKind.AuthenticationFailed, true),
                _ => (RefusalKind.Other, true),
            },
        };
        return new Refusal(kind, command, Code, Text, permanent);
    }
}
