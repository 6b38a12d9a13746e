using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.Deliveries;

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

    /// <summary>What was heard of it later: a failure turns what had been successful.</summary>
    public static void Heard(Communication log, IReadOnlyCollection<DeliveryNews> news, DateTime now)
    {
        log.Entries = [.. log.Entries, .. news.Select(item => new CommunicationEntry(now, LevelOf(item.Kind), "report", Sentence(item), item.Line))];
        log.Level = log.Entries.Max(entry => entry.Level);
        var worst = news.MinBy(item => item.Kind)!; // in the order of the enum: failed, delayed, then all others
        if (worst.Kind is not (NewsKind.Failed or NewsKind.Delayed)) return;
        if (worst.Kind == NewsKind.Failed) log.Status = CommunicationStatus.Failed;
        else if (log.Status == CommunicationStatus.Successful) log.Status = CommunicationStatus.Warning;
        log.Summary = Sentence(worst);
    }

    private static LogLevels LevelOf(NewsKind kind) => kind switch
    {
        NewsKind.Failed => LogLevels.Error,
        NewsKind.Delayed => LogLevels.Warning,
        _ => LogLevels.Info,
    };

    private static string Sentence(DeliveryNews news) => news.Kind switch
    {
        NewsKind.Failed => $"It came back from {news.Address}.{(news.Cause is { } cause ? $" {cause}" : "")}",
        NewsKind.Delayed => $"It has not reached {news.Address} yet; a server on the way goes on trying.",
        NewsKind.Relayed => $"It was passed on towards {news.Address}.",
        NewsKind.Expanded => $"It was delivered to {news.Address}, which stands for several addresses.",
        _ => $"It was delivered to {news.Address}.",
    };

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
