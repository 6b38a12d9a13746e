namespace HelpdeskMail.Core.Routing.Loops;

/// <summary>That a sender's mail created a record (a ticket or a contact request): what the loop guard counts. Old ones are purged.</summary>
public sealed class LoopRecord
{
    public long Id { get; set; }

    /// <summary>Normalised address.</summary>
    public required string Sender { get; set; }

    /// <summary>When the mail was written, as far as it says so: a backlog that comes in all at once is no loop.</summary>
    public DateTime At { get; set; }
}
