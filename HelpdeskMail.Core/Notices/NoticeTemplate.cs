namespace HelpdeskMail.Core.Notices;

/// <summary>The wording of a notice in one language, where an administrator has changed it or added a language.</summary>
public sealed class NoticeTemplate
{
    public long Id { get; set; }

    public NoticeKind Kind { get; set; }

    /// <summary>Primary language subtag in lower case, such as "en" (RFC 5646 §2.2.1).</summary>
    public required string Language { get; set; }

    public required string Subject { get; set; }

    public required string Text { get; set; }
}
