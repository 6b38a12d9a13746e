using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Tickets;

namespace HelpdeskMail.Core.Deliveries;

/// <summary>A mail of ours that a report may be about.</summary>
/// <param name="OutboxMailId">Null for a message that has no outbox row any more.</param>
/// <param name="TicketMessageId">Null for notices and other mail of the program itself.</param>
/// <param name="AuthorId">Who wrote it; null: the program, or nobody known.</param>
internal sealed record SentMail(
    long? OutboxMailId, long? TicketMessageId, Ticket? Ticket, OutboxPurpose Purpose, string MessageId, string Subject, DateTime SentAt, string? AuthorId, IReadOnlyList<SentRecipient> Recipients)
{
    /// <summary>For sentences and traces.</summary>
    public string Name => this is { Ticket: { } ticket, TicketMessageId: not null } ? $"our message in ticket {ticket.Number}" : $"our {Word} \"{Subject}\"";

    private string Word => Purpose switch
    {
        OutboxPurpose.Notice => "notice",
        OutboxPurpose.Test => "test mail",
        OutboxPurpose.Alert => "alert",
        OutboxPurpose.Agent => "notification to an agent",
        _ => "mail",
    };

    public static SentMail Of(KnownMessage known) => new(known.OutboxMailId, known.Id, known.Ticket, OutboxPurpose.Reply, known.MessageId, "", default, null, []);

    /// <summary>The recipient that an address of a report means: by its name, or because there is no other.</summary>
    public SentRecipient? Recipient(IEnumerable<string> addresses)
    {
        foreach (var address in addresses)
        {
            if (Recipients.FirstOrDefault(recipient => string.Equals(recipient.Address, address, StringComparison.OrdinalIgnoreCase)) is { } found) return found;
        }
        return Recipients is [var only] ? only : null;
    }
}

internal sealed record SentRecipient(long Id, string Address);
