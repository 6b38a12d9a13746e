namespace HelpdeskMail.Core.Alerts;

/// <summary>Something that administrators are told once, when it begins and when it ends (P17), or one user of what became of their mail (N4).</summary>
public sealed class Alert
{
    public long Id { get; set; }

    public AlertKind Kind { get; set; }

    public long? MailboxId { get; set; }

    /// <summary>Id of what the kind speaks of where that is no mailbox: a loop's incident, a confirmation, a message of the ticket.</summary>
    public long? AboutId { get; set; }

    /// <summary>Whom alone it is for; null: all administrators.</summary>
    public string? UserId { get; set; }

    public long? TicketId { get; set; }

    /// <summary>What it is about, as it was called then.</summary>
    public required string Subject { get; set; }

    /// <summary>What happened, in plain words.</summary>
    public required string Text { get; set; }

    /// <summary>The server's own words, verbatim.</summary>
    public string? Server { get; set; }

    /// <summary>What to do about it.</summary>
    public string? Advice { get; set; }

    public DateTime At { get; set; }
}
