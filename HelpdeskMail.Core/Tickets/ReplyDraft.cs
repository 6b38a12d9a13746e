namespace HelpdeskMail.Core.Tickets;

/// <summary>An answer or internal note that somebody wrote. To empty: the customer.</summary>
public sealed class ReplyDraft
{
    public string Text { get; set; } = "";

    public string? Html { get; set; }

    public List<MessageAddress> To { get; set; } = [];

    public List<MessageAddress> Cc { get; set; } = [];

    public bool Internal { get; set; }

    public List<ReplyAttachment> Attachments { get; set; } = [];

    /// <summary>Ask back before it goes to an address that mail can't reach: the fault "undeliverable" says which. False: send all the same.</summary>
    public bool AskFirst { get; set; }

    /// <summary>State the ticket takes with it; null: open (reply) or unchanged (note).</summary>
    public TicketState? State { get; set; }
}

public sealed record ReplyAttachment(string Name, string Type, byte[] Bytes);
