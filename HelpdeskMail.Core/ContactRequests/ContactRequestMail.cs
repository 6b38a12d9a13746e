namespace HelpdeskMail.Core.ContactRequests;

/// <summary>A stored mail of a contact request, with what later mails recognise it by.</summary>
public sealed class ContactRequestMail
{
    public long Id { get; set; }

    public long ContactRequestId { get; set; }

    public long StoredMailId { get; set; }

    /// <summary>Without angle brackets.</summary>
    public string? MessageId { get; set; }

    /// <summary>See <see cref="Tickets.TicketMessage.MessageIdKey"/>.</summary>
    public long? MessageIdKey { get; set; }

    /// <summary>See <see cref="Tickets.TicketMessage.BodyKey"/>.</summary>
    public long BodyKey { get; set; }
}
