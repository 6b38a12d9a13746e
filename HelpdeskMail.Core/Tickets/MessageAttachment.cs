namespace HelpdeskMail.Core.Tickets;

/// <summary>A file of a message: points into the raw mail, never a second copy of the bytes.</summary>
public sealed class MessageAttachment
{
    public long Id { get; set; }

    public long TicketMessageId { get; set; }

    /// <summary>0-based, within the message.</summary>
    public int Index { get; set; }

    public required string Name { get; set; }

    public required string Type { get; set; }

    /// <summary>Bytes, decoded.</summary>
    public long Size { get; set; }

    /// <summary>Of the decoded bytes, lower-case hex.</summary>
    public required string Sha256 { get; set; }

    public string? Cid { get; set; }

    /// <summary>Path of the part in the raw mail, such as "1.2".</summary>
    public required string PartPath { get; set; }
}
