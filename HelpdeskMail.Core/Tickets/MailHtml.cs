namespace HelpdeskMail.Core.Tickets;

/// <summary>
/// Makes mail HTML safe to show: an allow-list of elements, attributes, styles and URL schemes (P11).
/// Safe by construction, not by understanding the input: whatever the reader makes of it, the output holds only tags written here,
/// every "&lt;" and quote of the mail escaped, and no element but style (whose text never holds "&lt;") that changes how a browser reads on.
/// So there is nothing to mutate when a browser parses it again. Linear in time, bounded in size and depth; the result sanitises to itself.
/// </summary>
public static class MailHtml
{
    /// <summary>Characters read of one mail's HTML; the rest is cut off.</summary>
    public const int MaxLength = 8_000_000;

    /// <summary>
    /// Sanitised HTML. Remote content is left in as data-remote-* attributes unless <paramref name="allowRemote"/>, so that the result can be
    /// sanitised again with it. cid: images stay as they are without <paramref name="inline"/>, which answers a Content-ID with an URL of ours or null.
    /// </summary>
    public static string Sanitize(string html, bool allowRemote = false, Func<string, string?>? inline = null) => Clean(html, allowRemote, inline).Html;

    /// <summary>As <see cref="Sanitize"/>, and what was held back.</summary>
    public static CleanHtml Clean(string html, bool allowRemote = false, Func<string, string?>? inline = null)
    {
        var truncated = html.Length > MaxLength;
        var cleaner = new MailHtmlCleaner(allowRemote, inline);
        var clean = cleaner.Run(truncated ? html.AsSpan(0, MaxLength) : html);
        return new(clean, cleaner.Blocked, cleaner.Hidden, truncated);
    }
}

/// <param name="Blocked">Pictures and styles from elsewhere that would be loaded if remote content were allowed.</param>
/// <param name="Hidden">Of these, pictures that nobody would see: of a point or two, or not displayed at all.</param>
/// <param name="Truncated">The mail's HTML was longer than <see cref="MailHtml.MaxLength"/>.</param>
public sealed record CleanHtml(string Html, int Blocked, int Hidden, bool Truncated)
{
    /// <summary>Something from elsewhere would show if remote content were allowed.</summary>
    public bool RemoteBlocked => Blocked > 0;
}
