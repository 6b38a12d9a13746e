using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Outbound;

/// <summary>Reads outbound accounts.</summary>
public sealed class OutboundAccountDirectory(IDbContextFactory<HelpdeskDb> contexts)
{
    public Task<IReadOnlyList<OutboundAccountRow>> ListAsync(string? text = null, CancellationToken cancel = default) => throw new NotSupportedException(contexts.ToString());

    public Task<OutboundAccountDraft?> DraftAsync(long id, CancellationToken cancel = default) => throw new NotSupportedException(contexts.ToString());
}
