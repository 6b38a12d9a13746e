using System.Collections.Concurrent;

namespace HelpdeskMail.Core.Mailboxes.Health;

/// <summary>Mailboxes whose last fetch could not be taken down because the database takes no writes, which it can't say itself. Kept in this process,
/// until the mailbox's next report is written; shown in place of the status that is saved.</summary>
public sealed class StorageTroubles(LiveUpdates live, TimeProvider time)
{
    private const string Text = "The database can't be written. Mail stays on its server until it can be; nothing is lost by that.";

    private readonly ConcurrentDictionary<long, Trouble> troubles = new();

    /// <summary>Mailboxes in such trouble now.</summary>
    public IReadOnlyCollection<long> Mailboxes => [.. troubles.Keys];

    public void Failed(long mailboxId, Exception fault)
    {
        var now = time.GetUtcNow().UtcDateTime;
        troubles.AddOrUpdate(mailboxId, _ => new Trouble(now, 1, Words(fault)), (_, earlier) => new Trouble(now, earlier.Count + 1, Words(fault)));
        live.Publish(LiveTopic.Mailboxes);
    }

    public void Worked(long mailboxId)
    {
        if (troubles.TryRemove(mailboxId, out _)) live.Publish(LiveTopic.Mailboxes);
    }

    /// <summary>The status as it would be, could it be written.</summary>
    public MailboxStatus Over(MailboxStatus saved)
    {
        if (!troubles.TryGetValue(saved.MailboxId, out var trouble)) return saved;
        saved.State = MailboxState.Error;
        saved.LastFetchAt = trouble.At;
        saved.ErrorStreak += trouble.Count;
        (saved.ErrorKind, saved.ErrorText, saved.ErrorServer, saved.ErrorAdvice) = (MailboxErrorKind.Storage, Text, trouble.Words, ErrorAdvice.For(MailboxErrorKind.Storage, ""));
        return saved;
    }

    private static string Words(Exception fault) => fault.GetBaseException().Message;

    private sealed record Trouble(DateTime At, int Count, string Words);
}
