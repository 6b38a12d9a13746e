namespace HelpdeskMail.Core.Outbound;

/// <summary>A mail to be sent: complete, with its Message-ID fixed, written in the transaction of the change that caused it.</summary>
public sealed class OutboxMail
{
    public long Id { get; set; }

    public long OutboundAccountId { get; set; }

    /// <summary>The ticket message this mail carries; null for test mails and notices.</summary>
    public long? TicketMessageId { get; set; }

    public OutboxPurpose Purpose { get; set; }

    /// <summary>Envelope sender; "" is the null return path.</summary>
    public required string EnvelopeFrom { get; set; }

    public required string MessageId { get; set; }

    /// <summary>Indexed 64-bit key of <see cref="MessageId"/> (see <see cref="Tickets.MessageIdKey"/>).</summary>
    public long? MessageIdKey { get; set; }

    public required string Subject { get; set; }

    /// <summary>The mail as it goes over the wire (before dot-stuffing), CRLF.</summary>
    public required byte[] Raw { get; set; }

    public DateTime CreatedAt { get; set; }

    /// <summary>Its line in the communication log, which each attempt adds to.</summary>
    public long? CommunicationId { get; set; }

    public List<OutboxRecipient> Recipients { get; } = [];
}
