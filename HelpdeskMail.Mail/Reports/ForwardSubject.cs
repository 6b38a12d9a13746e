namespace HelpdeskMail.Mail.Reports;

/// <summary>The prefixes by which mail programs mark a forwarded mail's subject.</summary>
public static class ForwardSubject
{
    private const int MaxPrefixes = 10;

    private static readonly string[] Prefixes =
    [
        "fwd", "fw", "forward", "wg", "weitergeleitet", "tr", "rv", "reenv", "enc", "i", "inoltra", "inoltro", "doorst", "dst", "vb", "vs", "vl", "pd", "przek", "ilt", "i̇lt", "πρθ", "перес", "пересл", "fwd", "прс", "trans", "predáno",
        "přep", "továbbítás", "továbbítva", "redir", "转发", "轉寄", "转寄", "転送", "전달", "הועבר",
    ];

    /// <summary>"Fwd: …", "WG: …", "[Fwd: …]", "… (fwd)".</summary>
    public static bool Is(string subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return Without(subject).Length < subject.Trim().Length;
    }

    /// <summary>The subject without such prefixes, however many there are. Those of replies stay.</summary>
    public static string Without(string subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var rest = subject.Trim();
        for (var n = 0; n < MaxPrefixes; n++)
        {
            if (rest.StartsWith('[') && rest.EndsWith(']') && Cut(rest[1..^1]) is { } inner) rest = inner;
            else if (Cut(rest) is { } cut) rest = cut;
            else break;
        }
        return rest.EndsWith("(fwd)", StringComparison.OrdinalIgnoreCase) ? rest[..^5].TrimEnd() : rest;
    }

    private static string? Cut(string subject)
    {
        var colon = subject.AsSpan().IndexOfAny(':', '：');
        if (colon is < 1 or > 16) return null;
        var word = subject.AsSpan(0, colon).Trim();
        if (word.EndsWith("]") && word.LastIndexOf('[') is > 0 and var open && word[(open + 1)..^1].IndexOfAnyExceptInRange('0', '9') < 0) word = word[..open]; // "Fwd[2]:"
        foreach (var prefix in Prefixes)
        {
            if (word.Equals(prefix, StringComparison.OrdinalIgnoreCase)) return subject[(colon + 1)..].TrimStart();
        }
        return null;
    }
}
