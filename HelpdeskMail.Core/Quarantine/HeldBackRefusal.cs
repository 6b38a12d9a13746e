using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Notices;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Quarantine;

/// <summary>Turns away a mail that is on its server only, and tells its author, whom its header names. The copy on the server is not touched.</summary>
internal sealed class HeldBackRefusal(IDbContextFactory<HelpdeskDb> contexts, WriteGate gate, RoutingConfigCache configs, long maxBytes, TimeProvider time)
{
    /// <returns>Why nothing was done; null: it was, now or before.</returns>
    public async Task<string?> ApplyAsync(QuarantineItem item, string? text, Actor actor, CancellationToken cancel)
    {
        var now = time.GetUtcNow().UtcDateTime;
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await CounterRow.LockAsync(db, Counter.Tickets, cancel); // in one order with other notices
        var entry = item.LedgerEntryId!.Value;
        var header = await db.HeldHeaders.AsNoTracking().FirstOrDefaultAsync(held => held.LedgerEntryId == entry, cancel);
        if (header is null || MailReader.TryRead(header.Bytes).Mail is not { } mail)
            return item.Sender is null ? "Its sender is unknown: the server did not give the mail's header." : "Its header is not here yet. Have it fetched again first.";
        var detail = $"rejected by {MailText.Line(actor.Name, 200)}";
        var mine = await db.Ledger.Where(row => row.Id == entry && row.State == LedgerState.Quarantined).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, LedgerState.Skipped).SetProperty(row => row.Reason, LedgerReason.RejectedByHand).SetProperty(row => row.Detail, detail), cancel) == 1;
        if (!mine) return "It is being fetched again by now.";

        var told = await TellAsync(db, item, mail, text, now, cancel);
        await QuarantineRegister.ForgetHeadersAsync(db, [entry], cancel);
        var settled = await db.Quarantine.SingleAsync(row => row.Id == item.Id, cancel);
        settled.Tell(now, actor.Name, $"Rejected it; the copy on the server was not touched. {told}");
        (settled.Open, settled.ClosedAt) = (false, now);
        await db.SaveChangesAsync(cancel);
        await CounterRow.BumpChangesAsync(db, cancel);
        await transaction.CommitAsync(cancel);
        return null;
    }

    /// <returns>Who was told or why nobody was, as a sentence.</returns>
    private async Task<string> TellAsync(HelpdeskDb db, QuarantineItem item, ReadMail mail, string? text, DateTime now, CancellationToken cancel)
    {
        var config = await configs.GetAsync(db, cancel);
        var answered = new NoticeMail(mail.From, mail.Subject, mail.MessageId, mail.References, mail.Language, item.Size);
        var notice = new Notice(NoticeKind.Rejected, answered, item.MailboxId, config.Mailbox(item.MailboxId)?.QueueId) { Text = string.IsNullOrWhiteSpace(text) ? null : text.Trim(), Asked = true };
        if (NoticePlan.Hindrance(notice, mail.Automatic, allowed: true, config) is { } hindrance) return $"Nobody was told: {hindrance}.";
        return await NoticeWriter.WriteAsync(db, [notice], maxBytes, now, cancel) == 1
            ? $"{mail.From.Address} is told."
            : "Nobody was told: this notice is switched off, or no account can send it.";
    }
}
