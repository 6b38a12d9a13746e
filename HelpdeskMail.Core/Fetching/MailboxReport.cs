using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Fetching;

/// <summary>Takes down in the mailbox's status how a fetch began and ended, and tells open pages.</summary>
internal sealed class MailboxReport(IDbContextFactory<HelpdeskDb> contexts, LiveUpdates live, TimeProvider time)
{
    public Task StartedAsync(long mailboxId, CancellationToken cancel) => ChangeAsync(mailboxId, status =>
    {
        status.State = MailboxState.Working;
        status.LastFetchAt = Now;
    }, cancel);

    public Task SucceededAsync(long mailboxId, int? inFolder, CancellationToken cancel) => ChangeAsync(mailboxId, status =>
    {
        if (inFolder is not null) (status.InFolder, status.CountedAt) = (inFolder, Now);
        status.State = MailboxState.Ok;
        status.LastSuccessAt = Now;
        status.ErrorStreak = 0;
        (status.ErrorKind, status.ErrorText, status.ErrorServer, status.ErrorAdvice, status.NextAttemptAt) = (null, null, null, null, null);
    }, cancel);

    public Task FailedAsync(long mailboxId, FetchError error, CancellationToken cancel) => ChangeAsync(mailboxId, status =>
    {
        status.State = MailboxState.Error;
        status.ErrorStreak++;
        (status.ErrorKind, status.ErrorText, status.ErrorServer, status.ErrorAdvice) = (error.Kind, error.Text, error.Server, error.Advice);
        status.NextAttemptAt = Now + FetchBackoff.After(error.Kind, status.ErrorStreak, Random.Shared.NextDouble());
    }, cancel);

    /// <summary>Given up in the middle, by shutting down: neither success nor failure.</summary>
    public Task AbandonedAsync(long mailboxId) => ChangeAsync(mailboxId, status =>
        status.State = status.ErrorStreak > 0 ? MailboxState.Error : status.LastSuccessAt is null ? MailboxState.Never : MailboxState.Ok, CancellationToken.None);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private async Task ChangeAsync(long mailboxId, Action<MailboxStatus> change, CancellationToken cancel)
    {
        await using (var db = await contexts.CreateDbContextAsync(cancel))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            change(await db.MailboxStatuses.SingleAsync(status => status.MailboxId == mailboxId, cancel));
            await db.SaveChangesAsync(cancel);
            await CounterRow.BumpChangesAsync(db, cancel);
            await transaction.CommitAsync(cancel);
        }
        live.Publish(LiveTopic.Mailboxes);
        live.Publish(LiveTopic.Communications);
    }
}
