using HelpdeskMail.Core.Alerts;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Mailboxes.Health;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Fetching;

/// <summary>Takes down how a fetch began and ended, in the mailbox's status, its hours and its error journal, and tells open pages.</summary>
internal sealed class MailboxReport(IDbContextFactory<HelpdeskDb> contexts, MailboxTurns turns, LiveUpdates live, TimeProvider time)
{
    private static readonly TimeSpan KeepHours = TimeSpan.FromDays(31);

    public Task StartedAsync(long mailboxId, CancellationToken cancel) => ChangeAsync(
        mailboxId,
        (_, status) =>
        {
            status.State = MailboxState.Working;
            status.LastFetchAt = Now;
            return Task.CompletedTask;
        },
        cancel);

    public Task SucceededAsync(long mailboxId, FetchCounts counts, CancellationToken cancel) => ChangeAsync(
        mailboxId,
        async (db, status) =>
        {
            var failed = status.ErrorStreak > 0;
            if (counts.InFolder is { } inFolder) (status.InFolder, status.CountedAt) = (inFolder, Now);
            status.State = MailboxState.Ok;
            status.LastSuccessAt = Now;
            status.ErrorStreak = 0;
            status.CertificateExpiresAt = counts.CertificateExpiresAt;
            (status.ErrorKind, status.ErrorText, status.ErrorServer, status.ErrorAdvice, status.NextAttemptAt) = (null, null, null, null, null);
            await MailboxAlerts.RecoveredAsync(db, status, Now, cancel);
            await CountAsync(db, mailboxId, counts, failure: false, cancel);
            if (failed && await OpenTroubleAsync(db, mailboxId, cancel) is { } trouble)
            {
                trouble.EndedAt = Now;
                await TurnedAsync(db, mailboxId, trouble, cancel);
            }
        },
        cancel);

    /// <param name="communicationId">The connection in the communication log.</param>
    public Task FailedAsync(long mailboxId, FetchCounts counts, FetchError error, long communicationId, CancellationToken cancel) => ChangeAsync(
        mailboxId,
        async (db, status) =>
        {
            status.State = MailboxState.Error;
            status.ErrorStreak++;
            (status.ErrorKind, status.ErrorText, status.ErrorServer, status.ErrorAdvice) = (error.Kind, error.Text, error.Server, error.Advice);
            status.NextAttemptAt = Now + FetchBackoff.After(error.Kind, status.ErrorStreak, Random.Shared.NextDouble());
            status.CertificateExpiresAt = counts.CertificateExpiresAt ?? status.CertificateExpiresAt;
            await MailboxAlerts.FailedAsync(db, status, error, Now, cancel);
            await CountAsync(db, mailboxId, counts, failure: true, cancel);

            var trouble = status.ErrorStreak > 1 ? await OpenTroubleAsync(db, mailboxId, cancel) : null;
            var begins = trouble is null;
            if (trouble is null) db.MailboxTroubles.Add(trouble = new MailboxTrouble { MailboxId = mailboxId, FirstAt = Now });
            trouble.LastAt = Now;
            trouble.Count++;
            (trouble.Kind, trouble.Text, trouble.Server, trouble.Advice, trouble.CommunicationId) = (error.Kind, error.Text, error.Server, error.Advice, communicationId);
            if (begins) await TurnedAsync(db, mailboxId, trouble, cancel);
        },
        cancel);

    /// <summary>Given up in the middle, by shutting down: neither success nor failure.</summary>
    public Task AbandonedAsync(long mailboxId) => ChangeAsync(
        mailboxId,
        (_, status) =>
        {
            status.State = status.ErrorStreak > 0 ? MailboxState.Error : status.LastSuccessAt is null ? MailboxState.Never : MailboxState.Ok;
            return Task.CompletedTask;
        },
        CancellationToken.None);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private async Task ChangeAsync(long mailboxId, Func<HelpdeskDb, MailboxStatus, Task> change, CancellationToken cancel)
    {
        await using (var db = await contexts.CreateDbContextAsync(cancel))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            await change(db, await db.MailboxStatuses.SingleAsync(status => status.MailboxId == mailboxId, cancel));
            await db.SaveChangesAsync(cancel);
            await CounterRow.BumpChangesAsync(db, cancel);
            await transaction.CommitAsync(cancel);
        }
        live.Publish(LiveTopic.Mailboxes);
        live.Publish(LiveTopic.Communications);
    }

    private async Task CountAsync(HelpdeskDb db, long mailboxId, FetchCounts counts, bool failure, CancellationToken cancel)
    {
        var hour = MailboxHour.Of(Now);
        if (await db.MailboxHours.FindAsync([mailboxId, hour], cancel) is not { } row)
        {
            row = db.MailboxHours.Add(new MailboxHour { MailboxId = mailboxId, Hour = hour }).Entity;
            var old = hour - KeepHours;
            await db.MailboxHours.Where(other => other.MailboxId == mailboxId && other.Hour < old).ExecuteDeleteAsync(cancel);
        }
        row.Fetches++;
        if (failure) row.Failures++;
        LatencyScale.Merge(row.Latency, counts.Latency.Counts);
    }

    private static Task<MailboxTrouble?> OpenTroubleAsync(HelpdeskDb db, long mailboxId, CancellationToken cancel) =>
        db.MailboxTroubles.Where(trouble => trouble.MailboxId == mailboxId && trouble.EndedAt == null).OrderByDescending(trouble => trouble.Id).FirstOrDefaultAsync(cancel);

    private async Task TurnedAsync(HelpdeskDb db, long mailboxId, MailboxTrouble trouble, CancellationToken cancel)
    {
        var name = await db.Mailboxes.Where(mailbox => mailbox.Id == mailboxId).Select(mailbox => mailbox.Name).SingleAsync(cancel);
        await turns.TurnedAsync(db, name, trouble, cancel);
    }
}
