namespace HelpdeskMail.Core.Routing.Loops;

/// <summary>A sender whom the loop guard has stopped (N7, G11): the story from the first mail held back until somebody resumes it or it ends by itself.</summary>
public sealed class LoopIncident
{
    public long Id { get; set; }

    /// <summary>Normalised address.</summary>
    public required string Sender { get; set; }

    /// <summary>Our address that it wrote to, where known.</summary>
    public string? Recipient { get; set; }

    public long? MailboxId { get; set; }

    public DateTime StartedAt { get; set; }

    public DateTime LastAt { get; set; }

    /// <summary>Records that the sender had created within <see cref="Minutes"/> when it was stopped, which was the limit then; 0: not known.</summary>
    public int Records { get; set; }

    /// <summary>The window that was looked at, in minutes.</summary>
    public int Minutes { get; set; }

    /// <summary>Mails held back since it started.</summary>
    public int Blocked { get; set; }

    /// <summary>When somebody let the sender in again; null: not (yet).</summary>
    public DateTime? ResumedAt { get; set; }

    public string? ResumedBy { get; set; }

    /// <summary>Whoever let the sender in again also put it on the list of those who are never stopped.</summary>
    public bool AlwaysAllowed { get; set; }
}
