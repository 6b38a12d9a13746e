using HelpdeskMail.Core.Ingestion;

namespace HelpdeskMail.Core.Quarantine;

/// <summary>A mail that could not be processed, from whatever way in: held back on its server, or stored and set aside. Stays when it is settled.</summary>
public sealed class QuarantineItem
{
    public long Id { get; set; }

    /// <summary>Waiting for somebody; false when it is settled.</summary>
    public bool Open { get; set; } = true;

    /// <summary>A name of <see cref="DecisionReason"/> or <see cref="Fetching.LedgerReason"/>.</summary>
    public required string Reason { get; set; }

    /// <summary>The reason in full, for people; what a server or the program said.</summary>
    public string Sentence { get; set; } = "";

    /// <summary>Null: held back on the server, its bytes were never ours.</summary>
    public long? StoredMailId { get; set; }

    /// <summary>Null: it came by another way than fetching.</summary>
    public long? LedgerEntryId { get; set; }

    public MailSourceKind Source { get; set; }

    public long? MailboxId { get; set; }

    public long Size { get; set; }

    public string? Sender { get; set; }

    public string? Subject { get; set; }

    public DateTime Since { get; set; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>The newest <see cref="MaxHistory"/> lines, oldest first.</summary>
    public List<QuarantineLine> History { get; set; } = [];

    public DateTime? ClosedAt { get; set; }

    public const int MaxHistory = 50;

    public void Tell(DateTime now, string actor, string text)
    {
        History = [.. History.TakeLast(MaxHistory - 1), new QuarantineLine(now, actor, text)];
    }
}

/// <param name="Text">What was tried or done, and what came of it.</param>
public sealed record QuarantineLine(DateTime At, string Actor, string Text);
