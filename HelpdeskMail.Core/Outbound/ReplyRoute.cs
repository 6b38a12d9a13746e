using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Tickets;

namespace HelpdeskMail.Core.Outbound;

/// <summary>Picks the account that a ticket's replies leave from: the first rule that applies (E3, D3).</summary>
public sealed class ReplyRoute
{
    /// <summary>Null: nothing is configured that could send it.</summary>
    public Task<ReplySender?> OfAsync(HelpdeskDb db, Ticket ticket, CancellationToken cancel = default) => throw new NotSupportedException();
}
