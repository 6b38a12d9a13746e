using HelpdeskMail.Core.CommunicationLog;

namespace HelpdeskMail.Core.Outbound;

/// <summary>The communication log's line of an outgoing message: begun with its outbox row, added to by each attempt.</summary>
internal static class OutboundLog
{
    public static Communication Queued(long? ticketId, ReplySender sender, string? recipient, string subject, DateTime now) => new()
    {
        Kind = CommunicationKind.Message,
        Direction = CommunicationDirection.Outgoing,
        Status = CommunicationStatus.Processing,
        Account = sender.Account,
        OutboundAccountId = sender.OutboundAccountId,
        StartedAt = now,
        Level = LogLevels.Info,
        Summary = "Waits in the outbox.",
        Sender = sender.Address,
        Recipient = recipient,
        Subject = subject,
        TicketId = ticketId,
        Entries = [new(now, LogLevels.Info, "queue", $"Written to the outbox. {sender.Why}")],
    };

    /// <summary>After an attempt: one entry for each recipient tried, the status by what is still open.</summary>
    public static void Tried(Communication log, long? connectionId, IReadOnlyCollection<OutboxRecipient> tried, IReadOnlyCollection<OutboxRecipient> all, DateTime now)
    {
        log.ConnectionId = connectionId ?? log.ConnectionId;
        log.Entries = [.. log.Entries, .. tried.Select(recipient => new CommunicationEntry(now, LevelOf(recipient.State), "send", Sentence(recipient), recipient.ServerAnswer))];
        log.Level = log.Entries.Max(entry => entry.Level);
        var open = all.Any(recipient => recipient.State is OutboxState.Queued or OutboxState.Sending or OutboxState.Deferred);
        log.Status = all.Any(recipient => recipient.State == OutboxState.Failed) ? CommunicationStatus.Failed
            : all.Any(recipient => recipient.State == OutboxState.Uncertain) ? CommunicationStatus.Warning
            : open ? CommunicationStatus.Processing : CommunicationStatus.Successful;
        log.Summary = Sentence(all.MaxBy(recipient => LevelOf(recipient.State))!);
        if (open) return;
        log.EndedAt = now;
        log.Duration = (now - log.StartedAt).TotalMilliseconds;
    }

    private static LogLevels LevelOf(OutboxState state) => state switch
    {
        OutboxState.Failed or OutboxState.Uncertain => LogLevels.Error,
        OutboxState.Deferred => LogLevels.Warning,
        _ => LogLevels.Info,
    };

    private static string Sentence(OutboxRecipient recipient) => recipient.State switch
    {
        OutboxState.Accepted => $"Accepted for {recipient.Address}.",
        OutboxState.Deferred => FormattableString.Invariant($"Not sent to {recipient.Address} yet; the next attempt is due at {recipient.NextAttemptAt:u}."),
        OutboxState.Failed => $"Refused for {recipient.Address}; it is not tried again.",
        OutboxState.Uncertain => $"Perhaps sent to {recipient.Address}, perhaps not: it is not sent again by itself.",
        _ => $"{recipient.Address}: {recipient.State}.",
    };
}
