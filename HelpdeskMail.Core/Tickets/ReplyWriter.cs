using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Outbound;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Tickets;

/// <summary>Writes an agent's answer or note: message, outbox row and ticket change in one transaction.</summary>
public sealed class ReplyWriter(IDbContextFactory<HelpdeskDb> contexts, ReplyRoute route, LiveUpdates live, TimeProvider time)
{
    /// <returns>The message's id.</returns>
    public Task<Outcome<long>> WriteAsync(long ticketId, ReplyDraft draft, Actor actor, CancellationToken cancel = default) => throw new NotSupportedException($"{contexts} {route} {live} {time}");

    /// <summary>Who a reply would go to and leave from, to show before sending (P19).</summary>
    public Task<ReplyPreview?> PreviewAsync(long ticketId, CancellationToken cancel = default) => throw new NotSupportedException();
}
