namespace HelpdeskMail.Core.Deliveries;

/// <summary>What was heard of one recipient of a sent mail after it left: from a report that came in, or from our own server when it refused the recipient.</summary>
public sealed class DeliveryNews
{
    public long Id { get; set; }

    public NewsKind Kind { get; set; }

    public NewsState State { get; set; }

    public DateTime At { get; set; }

    /// <summary>As we sent to it; where the report doesn't say which, as the report has it. "" where nothing could be read.</summary>
    public required string Address { get; set; }

    /// <summary>The address at the other end where the report names another one: an alias or a forward.</summary>
    public string? ReportedAddress { get; set; }

    /// <summary>Enhanced status code (RFC 3463).</summary>
    public string? Status { get; set; }

    /// <summary>In plain words; null: nothing could be read.</summary>
    public string? Cause { get; set; }

    /// <summary>The remote server's own words, verbatim.</summary>
    public string? Line { get; set; }

    /// <summary>The server that said it.</summary>
    public string? RemoteMta { get; set; }

    /// <summary>The subject of the mail it is about.</summary>
    public string Subject { get; set; } = "";

    /// <summary>The mail it is about; null: none of ours, or it is gone.</summary>
    public long? OutboxMailId { get; set; }

    public long? TicketMessageId { get; set; }

    public long? TicketId { get; set; }

    /// <summary>Who had sent the mail; null: the program, or nobody known.</summary>
    public string? AuthorId { get; set; }

    /// <summary>The report; null: our own server refused the recipient.</summary>
    public long? StoredMailId { get; set; }

    public DateTime? SeenAt { get; set; }

    public string? SeenBy { get; set; }
}
