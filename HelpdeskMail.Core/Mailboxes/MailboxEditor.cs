using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Keys;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Mailboxes;

/// <summary>Validates and saves mailboxes.</summary>
public sealed class MailboxEditor(IDbContextFactory<HelpdeskDb> contexts, SecretProtector secrets, TimeProvider time)
{
    public Task<Outcome<long>> SaveAsync(MailboxDraft draft, CancellationToken cancel = default) => throw new NotSupportedException($"{contexts} {secrets} {time}");

    /// <summary>Removes a mailbox that nothing was ever fetched from; any other can only be made invalid.</summary>
    public Task<Outcome<bool>> RemoveAsync(long id, CancellationToken cancel = default) => throw new NotSupportedException();
}
