using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.Core.Fetching;

/// <summary>Which of the messages that were there before us a mailbox's first fetch takes (E5). One rule for the fetch and for its preview.</summary>
internal static class FirstFetchRule
{
    /// <param name="rule">As the mailbox has it; what can't be read is the default.</param>
    /// <param name="old">Oldest first.</param>
    public static IEnumerable<SourceMessage> Taken(string rule, IReadOnlyList<SourceMessage> old) => (FirstFetch.TryParse(rule, out var parsed) ? parsed : new FirstFetch.Unread(100)) switch
    {
        FirstFetch.All => old,
        FirstFetch.New => [],
        FirstFetch.Since since => old.Where(message => message.ReceivedAt is null || DateOnly.FromDateTime(message.ReceivedAt.Value) >= since.Date),
        FirstFetch.Unread unread => old.Where(message => !message.Seen).TakeLast(unread.Count),
        _ => throw new InvalidOperationException($"Unknown rule {rule}."),
    };
}
