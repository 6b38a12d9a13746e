using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.CommunicationLog;

/// <summary>Writes the communication log of connections; messages are written in the transaction that decides them.</summary>
public sealed class CommunicationLogger(IDbContextFactory<HelpdeskDb> contexts, LiveUpdates live, TimeProvider time)
{
    /// <summary>Starts a connection's row (in progress) that others can see at once.</summary>
    public async Task<OpenCommunication> StartAsync(CommunicationDirection direction, string account, long? mailboxId, long? outboundAccountId, CancellationToken cancel = default)
    {
        var row = new Communication
        {
            Kind = CommunicationKind.Connection,
            Direction = direction,
            Status = CommunicationStatus.Processing,
            Account = account,
            MailboxId = mailboxId,
            OutboundAccountId = outboundAccountId,
            StartedAt = time.GetUtcNow().UtcDateTime,
            Level = LogLevels.Info,
        };
        await using (var db = await contexts.CreateDbContextAsync(cancel))
        {
            db.Communications.Add(row);
            await db.SaveChangesAsync(cancel);
        }
        live.Publish(LiveTopic.Communications);
        return new OpenCommunication(contexts, live, time, row);
    }
}
