namespace HelpdeskMail.Core.Notices;

/// <summary>The wording of a notice in one language, as somebody edits it.</summary>
public sealed class NoticeDraft
{
    public NoticeKind Kind { get; set; }

    public string Language { get; set; } = "";

    public string Subject { get; set; } = "";

    public string Text { get; set; } = "";
}
