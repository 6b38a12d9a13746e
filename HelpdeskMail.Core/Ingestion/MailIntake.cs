using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>Ways in besides fetching: stores the bytes, then decides.</summary>
public sealed class MailIntake(IDbContextFactory<HelpdeskDb> contexts)
{
    /// <summary>Commits the bytes and returns the stored mail's id; processing follows by <see cref="MailProcessor"/>. Faults: "mailbox" unknown, "body" empty or too large.</summary>
    public Task<Outcome<long>> StoreAsync(byte[] raw, MailSourceKind source, string? mailbox, bool notices, CancellationToken cancel = default) => throw new NotSupportedException(contexts.ToString());
}
