namespace HelpdeskMail.Core.Mailboxes;

/// <summary>A folder of a server's list.</summary>
/// <param name="Name">As the server has it, with its own separator.</param>
/// <param name="SpecialUse">RFC 6154 without the backslash: "Sent", "Trash", …; null for an ordinary one.</param>
/// <param name="CanBeSelected">False: it only holds other folders.</param>
/// <param name="Messages">Null: the server did not say in time.</param>
public sealed record FolderChoice(string Name, string? SpecialUse, bool CanBeSelected, long? Messages, long? Unseen);

/// <param name="Error">Why the server could not be asked; null: <paramref name="Folders"/> is what it has.</param>
public sealed record FolderList(IReadOnlyList<FolderChoice> Folders, Fetching.FetchError? Error);
