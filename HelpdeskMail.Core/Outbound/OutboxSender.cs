using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Keys;
using HelpdeskMail.Core.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace HelpdeskMail.Core.Outbound;

/// <summary>Sends what is due in the outbox. Safe to run on several nodes at once: a recipient is taken by an update whose row count decides.</summary>
public sealed partial class OutboxSender(
    IDbContextFactory<HelpdeskDb> contexts, SecretProtector secrets, CommunicationLogger communications, LiveUpdates live, HelpdeskMetrics metrics, TimeProvider time, ILogger<OutboxSender> logger)
{
    private readonly OutboxClaims claims = new(contexts, time);
    private readonly OutboxResults results = new(contexts, time);

    /// <summary>Whether anything new is in the outbox, not tried yet.</summary>
    public async Task<bool> HasNewAsync(CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.OutboxRecipients.AnyAsync(recipient => recipient.State == OutboxState.Queued, cancel);
    }

    /// <returns>How many recipients were tried.</returns>
    public async Task<int> SendDueAsync(CancellationToken cancel = default)
    {
        var recovered = await claims.RecoverAsync(cancel);
        if (recovered > 0) LogRecovered(logger, recovered);
        var tried = 0;
        foreach (var account in (await claims.DueAsync(cancel)).GroupBy(mail => mail.OutboundAccountId)) tried += await SendAsync(account.Key, [.. account], cancel);
        if (tried + recovered > 0)
        {
            live.Publish(LiveTopic.Tickets);
            live.Publish(LiveTopic.Communications);
        }
        return tried;
    }

    /// <summary>One connection for all of an account's mails that are due.</summary>
    private async Task<int> SendAsync(long accountId, List<DueMail> mails, CancellationToken cancel)
    {
        var account = await AccountAsync(accountId, cancel);
        await using var session = new OutboundSession(account, secrets, communications, time);
        var tried = 0;
        foreach (var mail in mails)
        {
            if (await claims.TakeAsync(mail, cancel) is not { Count: > 0 } taken) continue;
            tried += taken.Count;
            await SendAsync(session, mail, taken, cancel);
        }
        return tried;
    }

    private async Task SendAsync(OutboundSession session, DueMail mail, List<OutboxRecipient> taken, CancellationToken cancel)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancel);
            var row = await db.OutboxMails.AsNoTracking().SingleAsync(found => found.Id == mail.OutboxMailId, cancel);
            var outcome = await session.SendAsync(row, taken, () => claims.CompletingAsync(taken.Select(recipient => recipient.Id), cancel), cancel);
            await results.SaveAsync(mail.OutboxMailId, outcome.ByRecipient, session.ConnectionId, outcome.AccountError, CancellationToken.None);
            metrics.Sent(outcome.ByRecipient.Values.Select(recipient => recipient.State));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Stopped before the mail was complete: it goes out after the next start.
            await results.SaveAsync(mail.OutboxMailId, taken.ToDictionary(recipient => recipient.Id, _ => (OutboxState.Deferred, "Stopped before it was sent.")), session.ConnectionId, null, CancellationToken.None);
            throw;
        }
    }

    private async Task<OutboundAccount> AccountAsync(long id, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.OutboundAccounts.AsNoTracking().SingleAsync(account => account.Id == id, cancel);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} recipients were left by a sender that died; those whose mail may have been delivered are not tried again")]
    private static partial void LogRecovered(ILogger logger, int count);
}
