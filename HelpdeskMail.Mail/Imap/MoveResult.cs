namespace HelpdeskMail.Mail.Imap;

/// <summary>How a move went.</summary>
/// <param name="NewUids">Old UID → UID in the target, where the server tells (UIDPLUS).</param>
/// <param name="LeftMarkedDeleted">
/// Messages were copied and marked \Deleted but not expunged: the server has no UID EXPUNGE, and a plain EXPUNGE would have taken
/// messages that somebody else had marked.
/// </param>
public sealed record MoveResult(IReadOnlyDictionary<uint, uint> NewUids, bool LeftMarkedDeleted = false);
