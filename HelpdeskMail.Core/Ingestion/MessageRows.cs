using System.Text.Json;
using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Mail.Reports;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>The rows that a decided mail becomes.</summary>
internal static class MessageRows
{
    public const string NoSubject = "(no subject)";

    public static TicketMessage Message(ReadMail mail, AutomaticKind automatic, DateTime now) => new()
    {
        Direction = MessageDirection.Inbound,
        FromName = mail.From.Name,
        FromAddress = mail.From.Address,
        To = [.. mail.To],
        Cc = [.. mail.Cc],
        Subject = mail.Subject,
        MessageId = mail.MessageId,
        MessageIdKey = mail.MessageId is { } id ? MessageIdKey.Of(id) : null,
        InReplyTo = mail.InReplyTo.Count > 0 ? mail.InReplyTo[0] : null,
        References = mail.References.Count > 0 ? string.Join(' ', mail.References) : null,
        Date = mail.Date ?? now,
        CreatedAt = now,
        Text = mail.Text,
        HasHtml = mail.HasHtml,
        BodyKey = mail.BodyKey,
        Automatic = automatic,
    };

    public static IEnumerable<MessageAttachment> Attachments(TicketMessage message, ReadMail mail) => mail.Attachments.Select((file, index) => new MessageAttachment
    {
        TicketMessageId = message.Id,
        Index = index,
        Name = file.Name,
        Type = file.Type,
        Size = file.Size,
        Sha256 = file.Sha256,
        Cid = file.Cid,
        PartPath = file.Path,
    });

    /// <summary>Takes the decision down on the stored mail; its other columns stay untouched.</summary>
    public static void Take(StoredMail stored, Decision decision, IReadOnlyList<TraceStep> trace, DateTime now)
    {
        var quarantine = decision.Kind == DecisionKind.Quarantine;
        stored.State = quarantine ? StoredMailState.Quarantined : StoredMailState.Decided;
        stored.DecidedAt = now;
        stored.Decision = decision.Kind;
        stored.Reason = decision.Reason;
        stored.Sentence = MailText.Clean(decision.Sentence, 2000);
        stored.Error = quarantine ? stored.Sentence : null;
        stored.Trace = MailText.Clean(JsonSerializer.Serialize(trace), 64 * 1024);
    }

    public static Communication Log(IncomingMail incoming, Decision decision, string account, long? ticketId, Actor? person, DateTime now)
    {
        var level = decision.Kind switch
        {
            DecisionKind.Quarantine => LogLevels.Error,
            DecisionKind.Refuse or DecisionKind.RecordBounce => LogLevels.Notice,
            DecisionKind.CreateTicket or DecisionKind.AppendToTicket or DecisionKind.HoldAsContactRequest or DecisionKind.Ignore or DecisionKind.RecordReport => LogLevels.Info,
            _ => throw new InvalidOperationException($"Unknown decision {decision.Kind}."),
        };
        var sentence = MailText.Clean(decision.Sentence, 2000);
        return new Communication
        {
            Kind = CommunicationKind.Message,
            Direction = CommunicationDirection.Incoming,
            Status = decision.Kind == DecisionKind.Quarantine ? CommunicationStatus.Failed : CommunicationStatus.Successful,
            Account = account,
            MailboxId = incoming.MailboxId,
            ConnectionId = incoming.ConnectionId,
            StartedAt = person is null ? incoming.StoredAt : now, // how long a person takes is no measure of the program
            EndedAt = now,
            Duration = person is null ? Math.Max(0, (now - incoming.StoredAt).TotalMilliseconds) : 0,
            Level = level,
            Summary = sentence,
            Sender = incoming.Mail?.From.Address,
            Recipient = incoming.Mail is { To: [var first, ..] } ? first.Address : null,
            Subject = incoming.Mail?.Subject,
            StoredMailId = incoming.StoredMailId,
            TicketId = ticketId,
            Entries = person is null
                ? [new(incoming.StoredAt, LogLevels.Info, "store", $"{incoming.Size} bytes stored."), new(now, level, "decide", sentence)]
                : [new(now, level, "decide", sentence)],
        };
    }
}
