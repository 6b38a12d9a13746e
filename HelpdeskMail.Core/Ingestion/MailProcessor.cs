using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>Decides stored mails in their order, batch by batch, each batch in one transaction; a mail that fails is quarantined alone.</summary>
public sealed class MailProcessor(IDbContextFactory<HelpdeskDb> contexts)
{
    /// <summary>Decides everything that is stored and undecided, whoever stored it.</summary>
    public Task<ProcessingResult> ProcessWaitingAsync(CancellationToken cancel = default) => throw new NotSupportedException(contexts.ToString());

    /// <summary>What would be decided for these bytes now, with the trace; writes nothing.</summary>
    public Task<Outcome<Explanation>> ExplainAsync(byte[] raw, string? mailbox, CancellationToken cancel = default) => throw new NotSupportedException();
}

public sealed record ProcessingResult(int Decided, int Quarantined);
