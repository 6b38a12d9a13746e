namespace HelpdeskMail.Core.Notices;

/// <summary>Addresses that nobody reads, or that belong to programs (RFC 3834 §2: an answer to them is noise at best and a loop at worst).</summary>
internal static class NoReplyAddress
{
    private static readonly string[] Words =
    [
        "noreply", "donotreply", "dontreply", "notreply", "neverreply", "nepasrepondre", "nichtantworten", "keineantwort", "noresponder", "nonrispondere",
        "mailerdaemon", "maildaemon", "postmaster", "bounce", "bounces", "listserv", "majordomo", "mailman", "autoresponder", "autoreply",
    ];

    public static bool Is(string address)
    {
        var at = address.LastIndexOf('@');
        if (at <= 0 || address.EndsWith(".invalid", StringComparison.Ordinal) || address.EndsWith("@invalid", StringComparison.Ordinal)) return true;
        var local = address[..at].ToLowerInvariant();
        if (local.StartsWith("owner-", StringComparison.Ordinal) || local.EndsWith("-request", StringComparison.Ordinal) || local.EndsWith("-bounces", StringComparison.Ordinal)) return true;
        var bare = local.Split('+')[0].Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);
        return Array.Exists(Words, word => bare == word || (word.EndsWith("reply", StringComparison.Ordinal) && bare.StartsWith(word, StringComparison.Ordinal)));
    }
}
