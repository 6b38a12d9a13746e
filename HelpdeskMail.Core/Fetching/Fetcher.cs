using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Fetching;

/// <summary>Fetches one mailbox to the end: list, store, decide, acknowledge. One worker per mailbox, cluster-wide.</summary>
public sealed class Fetcher(IDbContextFactory<HelpdeskDb> contexts)
{
    /// <summary>Null result: another worker has the mailbox now.</summary>
    public Task<FetchResult?> FetchAsync(long mailboxId, IProgress<FetchProgress>? progress = null, CancellationToken cancel = default) => throw new NotSupportedException(contexts.ToString());

    /// <summary>Mailboxes that are due by their interval and back-off.</summary>
    public Task<IReadOnlyList<long>> DueAsync(CancellationToken cancel = default) => throw new NotSupportedException();
}
