using HelpdeskMail.Mail.Reports;

namespace HelpdeskMail.Core.Tickets;

/// <summary>One entry of a ticket's conversation: a mail that came in, an answer, or an internal note.</summary>
public sealed class TicketMessage
{
    public long Id { get; set; }

    public long TicketId { get; set; }

    public Ticket? Ticket { get; set; }

    public MessageDirection Direction { get; set; }

    /// <summary>An internal note: never sent to anybody.</summary>
    public bool Internal { get; set; }

    public string? FromName { get; set; }

    public required string FromAddress { get; set; }

    public List<MessageAddress> To { get; set; } = [];

    public List<MessageAddress> Cc { get; set; } = [];

    public required string Subject { get; set; }

    /// <summary>Message-ID without angle brackets; null where the mail had none, and for notes.</summary>
    public string? MessageId { get; set; }

    /// <summary>Indexed 64-bit key of <see cref="MessageId"/> (see <see cref="MessageIdKey"/>); compare the full id after the look-up.</summary>
    public long? MessageIdKey { get; set; }

    public string? InReplyTo { get; set; }

    /// <summary>Ids without angle brackets, separated by a space.</summary>
    public string? References { get; set; }

    /// <summary>The Date header; <see cref="CreatedAt"/> where it was missing or absurd.</summary>
    public DateTime Date { get; set; }

    public DateTime CreatedAt { get; set; }

    /// <summary>The plain text, derived from the raw mail (or typed by the agent); cut at <see cref="Ingestion.MailText.MaxText"/> characters, the whole is in the raw mail.</summary>
    public string Text { get; set; } = "";

    /// <summary>Sanitised HTML that an agent wrote. Null for mail that came in: its HTML is derived from the raw mail on reading (<see cref="HasHtml"/>).</summary>
    public string? Html { get; set; }

    /// <summary>Whether there is HTML to show, here or in the raw mail.</summary>
    public bool HasHtml { get; set; }

    /// <summary>First 8 bytes of the SHA-256 of everything after the header: tells a mail delivered twice (other trace headers, same body)
    /// from another mail that carries the same Message-ID. Null for what we wrote.</summary>
    public long? BodyKey { get; set; }

    public AutomaticKind Automatic { get; set; }

    /// <summary>What a trusted server says of its author; null: none that the mailbox trusts said anything.</summary>
    public SenderTrust? Trust { get; set; }

    /// <summary>Where its author wants answers, where that is not the address it is from (normalised).</summary>
    public string? ReplyTo { get; set; }

    /// <summary>The agent whose mail brought it along (P14): name or address; null: it came by itself.</summary>
    public string? ForwardedBy { get; set; }

    /// <summary>Path of the message/rfc822 part that holds it, where an agent forwarded it as a file; null: it is the whole mail.</summary>
    public string? EmbeddedPath { get; set; }

    /// <summary>Message-ID of the mail in which an agent wrote this answer or note (P13), without angle brackets; null: it was written in the portal.</summary>
    public string? SourceMessageId { get; set; }

    public string? AuthorId { get; set; }

    public long? StoredMailId { get; set; }

    public long? OutboxMailId { get; set; }

    /// <summary>A delivery failure that came back for this (outbound) message: the red envelope.</summary>
    public string? BounceAddress { get; set; }

    public string? BounceStatus { get; set; }

    public string? BounceCause { get; set; }

    public string? BounceLine { get; set; }

    public List<MessageAttachment> Attachments { get; } = [];
}
