using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching.Push;
using HelpdeskMail.Core.Keys;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Mailboxes;

/// <summary>Validates and saves mailboxes.</summary>
public sealed class MailboxEditor(IDbContextFactory<HelpdeskDb> contexts, SecretProtector secrets, MailOptions options, LiveUpdates live, TimeProvider time)
{
    public async Task<Outcome<long>> SaveAsync(MailboxDraft draft, CancellationToken cancel = default)
    {
        var saved = await Saving.RunAsync(contexts, async (db, faults) =>
        {
            var mailbox = await ApplyAsync(db, draft, faults, cancel);
            if (draft is { Id: null, Password: null, SecretOf: null }) faults.Add("password", "Must not be empty.");
            return mailbox is null ? null : () => mailbox.Id;
        }, cancel);
        if (saved.Ok) live.Publish(LiveTopic.Mailboxes);
        return saved;
    }

    /// <summary>Removes a mailbox that nothing was ever fetched from; any other can only be made invalid.</summary>
    public async Task<Outcome<bool>> RemoveAsync(long id, CancellationToken cancel = default)
    {
        var removed = await Removing.RunAsync(contexts, "mailbox", async (db, faults) =>
        {
            var used = await db.Ledger.AnyAsync(entry => entry.MailboxId == id, cancel)
                || await db.StoredMails.AnyAsync(mail => mail.MailboxId == id, cancel)
                || await db.Tickets.AnyAsync(ticket => ticket.MailboxId == id, cancel);
            if (used) faults.Add("", "Mail has come in through this mailbox, and its ledger proves what became of it. Make it invalid instead: then nothing is fetched any more.");
            return await db.Mailboxes.Include(mailbox => mailbox.Status).FirstOrDefaultAsync(mailbox => mailbox.Id == id, cancel);
        }, cancel);
        if (removed.Ok) live.Publish(LiveTopic.Mailboxes);
        return removed;
    }

    /// <summary>Checks the draft and puts it into the context, unsaved; null when it is at fault.</summary>
    internal async Task<Mailbox?> ApplyAsync(HelpdeskDb db, MailboxDraft draft, Faults faults, CancellationToken cancel)
    {
        var mailbox = draft.Id is { } id ? await db.Mailboxes.FindAsync([id], cancel) : null;
        if (draft.Id is not null && mailbox is null) faults.Add("id", "This mailbox is not there any more.");

        MailboxRules.Check(draft, options, faults);
        FieldRules.Unique(faults, "name", draft.Name, await db.Mailboxes.Where(other => other.Id != draft.Id).Select(other => other.Name).ToListAsync(cancel), "a mailbox");
        if (draft.QueueId is not { } queue || !await db.Queues.AnyAsync(row => row.Id == queue, cancel)) faults.Add("queue", "Choose the queue that its mail goes to.");
        if (draft.ReplyViaId is { } account && !await db.OutboundAccounts.AnyAsync(row => row.Id == account, cancel)) faults.Add("replyVia", "This account is not there any more.");
        if (mailbox is not null)
        {
            FieldRules.PasswordForThisServer(faults, draft.Password, mailbox.ProtectedPassword, draft.IsSameServer(mailbox));
            await CheckMoveAsync(db, mailbox, draft, faults, cancel);
        }
        var lender = draft is { Id: null, Password: null, SecretOf: { } lenderId } ? await db.Mailboxes.AsNoTracking().FirstOrDefaultAsync(row => row.Id == lenderId, cancel) : null;
        if (draft is { Id: null, Password: null, SecretOf: not null } && (lender is null || !draft.IsSameServer(lender)))
            faults.Add("password", "Enter the password: the server or the user name is not that of the mailbox it was copied from.");
        if (faults.Any) return null;

        if (mailbox is null)
        {
            mailbox = new Mailbox { Name = draft.Name, Address = draft.Address, Host = draft.Host, UserName = draft.UserName, CreatedAt = time.GetUtcNow().UtcDateTime };
            db.Mailboxes.Add(mailbox);
        }
        else if (IsMove(mailbox, draft) && await db.MailboxStatuses.FindAsync([mailbox.Id], cancel) is { } status)
        {
            // Where the cursor stands says nothing about another server: the next fetch compares the whole folder with the ledger.
            (status.UidValidity, status.LastUid, status.CursorFolder) = (0, 0, null);
        }

        var before = ConnectionKey.Of(mailbox);
        draft.CopyTo(mailbox);
        if (draft.Password is not null) mailbox.ProtectedPassword = secrets.Protect(draft.Password);
        else if (lender is not null) mailbox.ProtectedPassword = lender.ProtectedPassword;
        // Somebody mended something: that is worth a try at once, whatever rest the failures had earned.
        if (draft.Id is not null && ConnectionKey.Of(mailbox) != before && await db.MailboxStatuses.FindAsync([mailbox.Id], cancel) is { } rested) rested.NextAttemptAt = null;
        return mailbox;
    }

    private static bool IsMove(Mailbox saved, MailboxDraft draft) =>
        !draft.Host.Equals(saved.Host, StringComparison.OrdinalIgnoreCase) || draft.UserName != saved.UserName || draft.Protocol != saved.Protocol;

    /// <summary>The ledger knows a message by mailbox, UIDVALIDITY and UID, and two accounts may well number alike (Gmail's inboxes all have UIDVALIDITY 1):
    /// under another account's ledger, mail would count as known and never be fetched.</summary>
    private static async Task CheckMoveAsync(HelpdeskDb db, Mailbox saved, MailboxDraft draft, Faults faults, CancellationToken cancel)
    {
        if (!IsMove(saved, draft) || draft.Address.Equals(saved.Address, StringComparison.OrdinalIgnoreCase)) return;
        if (await db.Ledger.AnyAsync(entry => entry.MailboxId == saved.Id, cancel))
            faults.Add("address", $"Mail of {saved.Address} has come in through this mailbox. Add a new mailbox for another account, and make this one invalid.");
    }
}
