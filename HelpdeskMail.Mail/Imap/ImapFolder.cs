namespace HelpdeskMail.Mail.Imap;

/// <summary>A line of LIST.</summary>
/// <param name="Name">Decoded, with the server's own separator in it.</param>
/// <param name="Separator">Between levels; null where there are none.</param>
/// <param name="Attributes">As sent: "\HasNoChildren", "\Archive", …</param>
public sealed record ImapFolder(string Name, char? Separator, IReadOnlyList<string> Attributes)
{
    public bool CanBeSelected => !Has("\\Noselect") && !Has("\\NonExistent");

    /// <summary>RFC 6154: "\Archive", "\Sent", "\Trash", "\Junk", "\Drafts", "\All", "\Flagged", or null.</summary>
    public string? SpecialUse => Attributes.FirstOrDefault(attribute =>
        attribute.ToUpperInvariant() is "\\ARCHIVE" or "\\SENT" or "\\TRASH" or "\\JUNK" or "\\DRAFTS" or "\\ALL" or "\\FLAGGED");

    public bool Has(string attribute) => Attributes.Contains(attribute, StringComparer.OrdinalIgnoreCase);
}
