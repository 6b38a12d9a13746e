namespace HelpdeskMail.Core.Notices;

/// <summary>A kind of notice as it stands now.</summary>
/// <param name="Enabled">Whether it goes out at all.</param>
public sealed record NoticeRow(NoticeKind Kind, bool Enabled, IReadOnlyList<NoticeLanguageRow> Languages);

/// <param name="Changed">An administrator wrote it; otherwise it is the program's own.</param>
/// <param name="BuiltIn">The program brings a wording along in this language, which a changed one can go back to.</param>
public sealed record NoticeLanguageRow(string Language, NoticeWording Wording, bool Changed, bool BuiltIn);
