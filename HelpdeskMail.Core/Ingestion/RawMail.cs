namespace HelpdeskMail.Core.Ingestion;

/// <summary>The bytes of a stored mail, in a table of their own so that lists never touch them.</summary>
public sealed class RawMail
{
    public long StoredMailId { get; set; }

    public required byte[] Bytes { get; set; }
}
