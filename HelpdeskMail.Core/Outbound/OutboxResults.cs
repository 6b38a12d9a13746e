using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Mail.Smtp;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Outbound;

/// <summary>Takes down what an attempt came to, in one transaction: recipients, the account's last success or error, the communication log.</summary>
internal sealed class OutboxResults(IDbContextFactory<HelpdeskDb> contexts, TimeProvider time)
{
    private const int MaxAnswer = 2000;

    /// <param name="outcomes">By recipient id.</param>
    /// <param name="accountError">Null where the account worked, whatever it thought of the recipients.</param>
    public async Task SaveAsync(long outboxMailId, IReadOnlyDictionary<long, (OutboxState State, string Answer)> outcomes, long? connectionId, string? accountError, CancellationToken cancel)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var mail = await db.OutboxMails.Where(row => row.Id == outboxMailId).Select(row => new { row.CreatedAt, row.CommunicationId, row.OutboundAccountId }).SingleAsync(cancel);
        var all = await db.OutboxRecipients.Where(recipient => recipient.OutboxMailId == outboxMailId).OrderBy(recipient => recipient.Id).ToListAsync(cancel);
        var tried = all.Where(recipient => outcomes.ContainsKey(recipient.Id) && recipient.State == OutboxState.Sending).ToList();
        foreach (var recipient in tried)
        {
            var (state, answer) = outcomes[recipient.Id];
            if (state == OutboxState.Deferred && now - mail.CreatedAt > SendBackoff.GiveUpAfter) state = OutboxState.Failed;
            recipient.State = state;
            recipient.ServerAnswer = Ingestion.MailText.Clean(answer, MaxAnswer);
            recipient.NextAttemptAt = state == OutboxState.Deferred ? now + SendBackoff.After(recipient.Attempts, Random.Shared.NextDouble()) : null;
            recipient.UpdatedAt = now;
        }
        if (mail.CommunicationId is { } id && await db.Communications.FirstOrDefaultAsync(row => row.Id == id, cancel) is { } log) OutboundLog.Tried(log, connectionId, tried, all, now);
        await db.SaveChangesAsync(cancel);
        await AccountAsync(db, mail.OutboundAccountId, accountError, now, cancel);
        await CounterRow.BumpChangesAsync(db, cancel);
        await transaction.CommitAsync(cancel);
    }

    public static OutboxState StateOf(RecipientState state) => state switch
    {
        RecipientState.Accepted => OutboxState.Accepted,
        RecipientState.Deferred => OutboxState.Deferred,
        RecipientState.Failed => OutboxState.Failed,
        RecipientState.Uncertain => OutboxState.Uncertain,
        _ => throw new InvalidOperationException($"Unknown state {state}."),
    };

    private static Task<int> AccountAsync(HelpdeskDb db, long accountId, string? error, DateTime now, CancellationToken cancel)
    {
        var account = db.OutboundAccounts.Where(row => row.Id == accountId);
        return error is null
            ? account.ExecuteUpdateAsync(set => set.SetProperty(row => row.LastSuccessAt, now), cancel)
            : account.ExecuteUpdateAsync(set => set.SetProperty(row => row.LastErrorAt, now).SetProperty(row => row.LastError, error), cancel);
    }
}
