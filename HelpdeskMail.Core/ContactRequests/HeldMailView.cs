namespace HelpdeskMail.Core.ContactRequests;

/// <summary>A mail of a contact request, to be read.</summary>
/// <param name="Text">Plain text, without markup.</param>
/// <param name="Files">Names of attached files.</param>
public sealed record HeldMailView(long StoredMailId, string? FromName, string FromAddress, string Subject, DateTime Date, string Text, IReadOnlyList<string> Files);
