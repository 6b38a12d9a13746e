using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Deliveries;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Mail.Reports;
using HelpdeskMail.Mail.Smtp;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Outbound;

/// <summary>Takes down what an attempt came to, in one transaction: recipients, the account's last success or error, the communication log.</summary>
internal sealed class OutboxResults(IDbContextFactory<HelpdeskDb> contexts, TimeProvider time)
{
    private const int MaxAnswer = 2000;

    /// <summary>Delivery time expired (RFC 3463 §3.5).</summary>
    private const string GivenUp = "4.4.7";

    /// <param name="outcomes">By recipient id.</param>
    /// <param name="accountError">Null where the account worked, whatever it thought of the recipients.</param>
    public async Task SaveAsync(long outboxMailId, IReadOnlyDictionary<long, (OutboxState State, string Answer)> outcomes, long? connectionId, string? accountError, CancellationToken cancel)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (outcomes.Values.Any(outcome => outcome.State is OutboxState.Failed or OutboxState.Deferred)) await CounterRow.LockAsync(db, Counter.Tickets, cancel); // failures are counted in one order with reports
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
        var failed = tried.Where(recipient => recipient.State == OutboxState.Failed).ToList();
        if (failed.Count > 0) await RefusedAsync(db, outboxMailId, failed, now, cancel);
        await FailureCounts.AcceptedAsync(db, tried.Where(recipient => recipient.State == OutboxState.Accepted).Select(recipient => recipient.Address), now, cancel);
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

    /// <summary>What our own server refuses for good comes to the same as a report.</summary>
    private static async Task RefusedAsync(HelpdeskDb db, long outboxMailId, List<OutboxRecipient> failed, DateTime now, CancellationToken cancel)
    {
        if (await SentMails.GetAsync(db, outboxMailId, cancel) is not { } mail) return;
        await new NewsWriter(db, now).WriteAsync(mail, [.. failed.Select(Refused)], storedMailId: null, now, cancel);
    }

    private static HeardNews Refused(OutboxRecipient recipient)
    {
        var answer = recipient.ServerAnswer ?? "";
        var status = answer.StartsWith('5') ? StatusCode.Find(answer) : GivenUp;
        return new HeardNews(NewsKind.Failed, recipient.Address, recipient.Id, null, status, BounceCause.Of(status, answer).Words, answer.Length > 0 ? answer : null, null);
    }

    private static Task<int> AccountAsync(HelpdeskDb db, long accountId, string? error, DateTime now, CancellationToken cancel)
    {
        var account = db.OutboundAccounts.Where(row => row.Id == accountId);
        return error is null
            ? account.ExecuteUpdateAsync(set => set.SetProperty(row => row.LastSuccessAt, now), cancel)
            : account.ExecuteUpdateAsync(set => set.SetProperty(row => row.LastErrorAt, now).SetProperty(row => row.LastError, error), cancel);
    }
}
