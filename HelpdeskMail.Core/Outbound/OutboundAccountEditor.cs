using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Keys;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Outbound;

/// <summary>Validates and saves outbound accounts.</summary>
public sealed class OutboundAccountEditor(IDbContextFactory<HelpdeskDb> contexts, SecretProtector secrets, TimeProvider time)
{
    public Task<Outcome<long>> SaveAsync(OutboundAccountDraft draft, CancellationToken cancel = default) => throw new NotSupportedException($"{contexts} {secrets} {time}");

    public Task<Outcome<bool>> RemoveAsync(long id, CancellationToken cancel = default) => throw new NotSupportedException();
}
