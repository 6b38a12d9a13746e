namespace HelpdeskMail.Core.Ingestion;

/// <summary>What a person does with a mail that the program set aside: a closed family, applied by <see cref="HandDecisions"/>.</summary>
public abstract record HandDecision
{
    private HandDecision()
    {
    }

    /// <param name="QueueId">Null: the queue that the program would have chosen.</param>
    public sealed record MakeTicket(long? QueueId) : HandDecision;

    public sealed record Append(long TicketId) : HandDecision;

    /// <summary>Turns it away; its sender is told, unless a machine wrote it.</summary>
    /// <param name="Text">What the notice says; empty: its standard text.</param>
    public sealed record Refuse(string? Text) : HandDecision;

    /// <param name="Reason">For colleagues; nobody outside is told.</param>
    public sealed record Dismiss(string Reason) : HandDecision;

    /// <summary>Has the program decide again, as if the mail had just come.</summary>
    public sealed record Retry : HandDecision;
}
