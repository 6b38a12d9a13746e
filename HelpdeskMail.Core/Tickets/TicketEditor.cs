using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Tickets;

/// <summary>Changes tickets and keeps their history.</summary>
public sealed class TicketEditor(IDbContextFactory<HelpdeskDb> contexts, LiveUpdates live, TimeProvider time)
{
    public Task<Outcome<bool>> ChangeAsync(long ticketId, TicketChange change, Actor actor, CancellationToken cancel = default) => throw new NotSupportedException($"{contexts} {live} {time}");
}
