using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.CommunicationLog;

/// <summary>Writes the communication log of connections; messages are written in the transaction that decides them.</summary>
public sealed class CommunicationLogger(IDbContextFactory<HelpdeskDb> contexts, LiveUpdates live, TimeProvider time)
{
    /// <summary>Starts a connection's row (in progress) that others can see at once.</summary>
    public async Task<OpenCommunication> StartAsync(CommunicationDirection direction, string account, long? mailboxId, long? outboundAccountId, CancellationToken cancel = default)
    {
        var open = Open(direction, account, mailboxId, outboundAccountId);
        await open.StartAsync(cancel);
        return open;
    }

    /// <summary>A connection that nobody can see yet: it takes entries at once, and <see cref="OpenCommunication.StartAsync"/> writes its row.</summary>
    public OpenCommunication Open(CommunicationDirection direction, string account, long? mailboxId, long? outboundAccountId) => new(contexts, live, time, new Communication
    {
        Kind = CommunicationKind.Connection,
        Direction = direction,
        Status = CommunicationStatus.Processing,
        Account = account,
        MailboxId = mailboxId,
        OutboundAccountId = outboundAccountId,
        StartedAt = time.GetUtcNow().UtcDateTime,
        Level = LogLevels.Info,
    });
}
