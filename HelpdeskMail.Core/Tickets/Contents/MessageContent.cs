namespace HelpdeskMail.Core.Tickets.Contents;

/// <summary>What a message's raw mail holds beside its text, as a page shows it. It never changes.</summary>
/// <param name="Html">Sanitised, remote content held back; null where there is none.</param>
/// <param name="Blocked">Remote pictures and styles that the HTML would load.</param>
/// <param name="Hidden">Of these, pictures too small to be seen: they only report that the mail was opened.</param>
/// <param name="ShownFiles">Indexes of attachments that are shown by what they say (a calendar object, a signature), so that nobody has to open them.</param>
public sealed record MessageContent(
    string? Html, int Blocked, int Hidden, IReadOnlyList<InvitationView> Invitations, ReceiptView? Receipt, ComplaintView? Complaint, IReadOnlyList<ProtectionView> Protections, IReadOnlyList<int> ShownFiles)
{
    public static MessageContent Empty { get; } = new(null, 0, 0, [], null, null, [], []);
}
