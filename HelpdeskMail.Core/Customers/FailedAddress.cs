namespace HelpdeskMail.Core.Customers;

/// <summary>What delivery reports say of an address that we wrote to: how often mail failed, and whether it is undeliverable for good.</summary>
public sealed class FailedAddress
{
    /// <summary>Normalised (lower case).</summary>
    public required string Address { get; set; }

    public int Failures { get; set; }

    public DateTime LastAt { get; set; }

    /// <summary>Enhanced status code (RFC 3463) of the last report.</summary>
    public string? Status { get; set; }

    /// <summary>The server's own line of the last report.</summary>
    public string? Line { get; set; }

    /// <summary>A permanent fault of the address (5.1.x) was reported, and nothing has come from it since.</summary>
    public bool Undeliverable { get; set; }
}
