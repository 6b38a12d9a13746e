using HelpdeskMail.Core.Confirmations;
using HelpdeskMail.Core.ContactRequests;
using HelpdeskMail.Core.Deliveries;
using HelpdeskMail.Core.Notices;
using HelpdeskMail.Core.Routing.Agents;
using HelpdeskMail.Core.Tickets;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>What is to be done with a mail: a closed family, decided by reading only and applied by <see cref="DecisionWriter"/>.</summary>
/// <param name="Sentence">For people.</param>
internal abstract record Decision(DecisionKind Kind, DecisionReason Reason, string Sentence)
{
    /// <param name="Linked">The closed ticket that the new one continues.</param>
    public sealed record CreateTicket(DecisionReason Reason, string Sentence, long QueueId, Ticket? Linked = null) : Decision(DecisionKind.CreateTicket, Reason, Sentence);

    /// <param name="State">The state the ticket takes; null: it stays as it is.</param>
    /// <param name="Agent">What an agent wrote by mail; null: somebody outside wrote it.</param>
    /// <param name="Internal">It answers a note, and stays one.</param>
    public sealed record AppendToTicket(DecisionReason Reason, string Sentence, Ticket Ticket, TicketState? State, AgentMail? Agent = null, bool Internal = false) : Decision(DecisionKind.AppendToTicket, Reason, Sentence);

    /// <summary>A report on a mail we sent: noted with it, and nothing else.</summary>
    /// <param name="Original">The mail; null: none that is known here.</param>
    public sealed record RecordReport(DecisionReason Reason, string Sentence, SentMail? Original, IReadOnlyList<HeardNews> News)
        : Decision(Reason == DecisionReason.DeliveryReport ? DecisionKind.RecordBounce : DecisionKind.RecordReport, Reason, Sentence);

    /// <param name="Joins">The open request that it belongs to; null: a new one.</param>
    public sealed record HoldAsContactRequest(DecisionReason Reason, string Sentence, long QueueId, ContactRequest? Joins = null) : Decision(DecisionKind.HoldAsContactRequest, Reason, Sentence);

    /// <param name="Notice">What the sender is told, where notices may go out at all.</param>
    /// <param name="Text">What the notice says in particular; null: its template alone.</param>
    public sealed record Refuse(DecisionReason Reason, string Sentence, Ticket? Ticket, NoticeKind Notice = NoticeKind.Refusal, string? Text = null)
        : Decision(DecisionKind.Refuse, Reason, Sentence);

    /// <param name="Ticket">Where the same mail already is, if it is in one.</param>
    public sealed record Ignore(DecisionReason Reason, string Sentence, Ticket? Ticket) : Decision(DecisionKind.Ignore, Reason, Sentence)
    {
        /// <summary>What administrators are shown instead of a ticket; null: nothing.</summary>
        public ConfirmationFacts? Confirmation { get; init; }
    }

    public sealed record Quarantine(DecisionReason Reason, string Sentence) : Decision(DecisionKind.Quarantine, Reason, Sentence);
}
