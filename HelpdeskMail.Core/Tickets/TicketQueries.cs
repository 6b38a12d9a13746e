using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Tickets;

/// <summary>Reads tickets for pages and the API.</summary>
public sealed class TicketQueries(IDbContextFactory<HelpdeskDb> contexts)
{
    public Task<Page<TicketRow>> ListAsync(TicketFilter filter, CancellationToken cancel = default) => throw new NotSupportedException(contexts.ToString());

    public Task<TicketRow?> GetAsync(long id, CancellationToken cancel = default) => throw new NotSupportedException(contexts.ToString());

    /// <summary>All messages of a ticket, oldest first.</summary>
    public Task<IReadOnlyList<MessageView>> MessagesAsync(long ticketId, CancellationToken cancel = default) => throw new NotSupportedException(contexts.ToString());

    public Task<MessageView?> MessageAsync(long messageId, CancellationToken cancel = default) => throw new NotSupportedException(contexts.ToString());

    public Task<IReadOnlyList<TicketEvent>> EventsAsync(long ticketId, CancellationToken cancel = default) => throw new NotSupportedException(contexts.ToString());

    /// <summary>Users that may own tickets, by name.</summary>
    public Task<IReadOnlyList<OwnerChoice>> OwnersAsync(CancellationToken cancel = default) => throw new NotSupportedException(contexts.ToString());
}
