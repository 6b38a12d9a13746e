using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Mailboxes;

/// <summary>Reads mailboxes and their status.</summary>
public sealed class MailboxDirectory(IDbContextFactory<HelpdeskDb> contexts)
{
    /// <summary>All mailboxes by name; <paramref name="text"/> filters name, address, host and queue.</summary>
    public Task<IReadOnlyList<MailboxRow>> ListAsync(string? text = null, CancellationToken cancel = default) => throw new NotSupportedException(contexts.ToString());

    public Task<MailboxRow?> GetAsync(long id, CancellationToken cancel = default) => throw new NotSupportedException(contexts.ToString());

    public Task<MailboxDraft?> DraftAsync(long id, CancellationToken cancel = default) => throw new NotSupportedException(contexts.ToString());

    /// <summary>How many mailboxes are in error now; the navigation bar shows it.</summary>
    public Task<int> InErrorAsync(CancellationToken cancel = default) => throw new NotSupportedException(contexts.ToString());
}
