using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.Routing.Agents;
using HelpdeskMail.Core.Routing;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Mail.Mime;
using HelpdeskMail.Mail.Reports;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>The rows that a decided mail becomes.</summary>
internal static class MessageRows
{
    public const string NoSubject = "(no subject)";

    public static TicketMessage Message(ReadMail mail, AutomaticKind automatic, SenderTrust? trust, DateTime now) => new()
    {
        Trust = trust,
        ReplyTo = ReplyToRule.Shown(mail),
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

    /// <summary>A note that an agent wrote by mail. Its text is his; the mail itself stays its original.</summary>
    public static TicketMessage Note(ReadMail mail, RoutingAgent agent, string text, SenderTrust? trust, DateTime now) => new()
    {
        Direction = MessageDirection.Outbound,
        Internal = true,
        FromName = agent.Name,
        FromAddress = "",
        Subject = mail.Subject,
        MessageId = mail.MessageId,
        MessageIdKey = mail.MessageId is { } id ? MessageIdKey.Of(id) : null,
        SourceMessageId = mail.MessageId,
        Date = mail.Date ?? now,
        CreatedAt = now,
        Text = MailText.Clean(text, MailText.MaxText),
        BodyKey = mail.BodyKey,
        AuthorId = agent.Id,
        Trust = trust,
    };

    /// <summary>The original of what an agent forwarded, as far as the forward shows it. Without a Message-ID of its own unless it came as a file.</summary>
    /// <param name="others">Who else got it, but for us and the agents.</param>
    public static TicketMessage Forwarded(AgentForward forward, MessageAddress[] others, DateTime now)
    {
        var original = forward.Mail;
        var id = original.MessageId is { } known && MailText.Line(known.Value, 998) is { Length: > 0 } text ? text : null;
        return new TicketMessage
        {
            Direction = MessageDirection.Inbound,
            FromName = forward.Author.Name,
            FromAddress = forward.Author.Address,
            Cc = [.. others],
            Subject = forward.Subject,
            MessageId = id,
            MessageIdKey = id is null ? null : MessageIdKey.Of(id),
            Date = original.Date is { Year: > 1970 and < 2200 } date ? date.UtcDateTime : now,
            CreatedAt = now,
            Text = MailText.Clean(original.Text, MailText.MaxText),
            HasHtml = original.PartPath is not null,
            ForwardedBy = MailText.Line(forward.Agent.Name, 320),
            EmbeddedPath = original.PartPath,
        };
    }

    /// <summary>The files of a mail; of one that was forwarded as a file its own, too.</summary>
    public static IEnumerable<MessageAttachment> Attachments(TicketMessage message, ReadMail mail) =>
        Files(message, message.EmbeddedPath is { } path && MimeMessage.Parse(mail.Raw).FindPart(path)?.EmbeddedMessage is { } embedded ? [.. MailReader.Files(embedded, path), .. mail.Attachments] : mail.Attachments);

    private static IEnumerable<MessageAttachment> Files(TicketMessage message, IReadOnlyList<ReadAttachment> files) => files.Select((file, index) => new MessageAttachment
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
        stored.Trace = TraceJson.Write(trace);
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
