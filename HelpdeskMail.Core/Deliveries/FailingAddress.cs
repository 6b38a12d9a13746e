namespace HelpdeskMail.Core.Deliveries;

/// <summary>An address that mail has failed to reach, with how often and why.</summary>
public sealed class FailingAddress
{
    public long Id { get; set; }

    /// <summary>Normalised; unique.</summary>
    public required string Address { get; set; }

    /// <summary>Failures for good: no such mailbox, no such domain …</summary>
    public int Hard { get; set; }

    /// <summary>Failures for a reason that may pass: full, out of reach, refused by a policy.</summary>
    public int Soft { get; set; }

    public DateTime FirstAt { get; set; }

    public DateTime LastAt { get; set; }

    public string? LastStatus { get; set; }

    public string? LastCause { get; set; }

    public string? LastLine { get; set; }

    public long? LastNewsId { get; set; }

    public long? LastTicketId { get; set; }

    /// <summary>Mail to it can't arrive, since then: whoever writes to it is warned. Null: it can, as far as is known.</summary>
    public DateTime? UndeliverableSince { get; set; }

    /// <summary>Our own server refused it, so that its accepting it says that it works again.</summary>
    public bool Refused { get; set; }

    public DateTime? ClearedAt { get; set; }

    /// <summary>What or who said that it works again.</summary>
    public string? ClearedBy { get; set; }
}
