namespace HelpdeskMail.Core.Fetching;

/// <summary>What a fetch would take.</summary>
/// <param name="Listed">Messages in the folder.</param>
/// <param name="Taken">How many of them would be taken.</param>
/// <param name="Oldest">Of those that would be taken; null where the server tells no dates.</param>
/// <param name="Mails">The newest of them, as far as they are shown.</param>
public sealed record MailPreview(int Listed, int Taken, DateTime? Oldest, DateTime? Newest, IReadOnlyList<PreviewMail> Mails);

/// <param name="Date">When the server received it or, where it doesn't say, when it was written.</param>
public sealed record PreviewMail(string Subject, string Sender, DateTime? Date, long Size);

/// <param name="Error">Why the server could not be asked; null: <paramref name="Preview"/> is there.</param>
public sealed record PreviewResult(MailPreview? Preview, FetchError? Error);
