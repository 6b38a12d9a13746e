using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Keys;
using HelpdeskMail.Core.Mailboxes;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Outbound;

/// <summary>Validates and saves outbound accounts.</summary>
public sealed class OutboundAccountEditor(IDbContextFactory<HelpdeskDb> contexts, SecretProtector secrets, TimeProvider time)
{
    public async Task<Outcome<long>> SaveAsync(OutboundAccountDraft draft, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var saved = await Saving.RunAsync(db, async faults =>
        {
            var account = await ApplyAsync(db, draft, faults, cancel);
            if (draft is { Id: null, Authenticate: true, Password: null }) faults.Add("password", "Must not be empty.");
            return account is null ? null : () => account.Id;
        }, cancel);
        if (!saved.Ok) return saved;

        var global = await GlobalAccount.IdAsync(db, cancel);
        if (draft.IsGlobal) await GlobalAccount.SetAsync(db, saved.Value, cancel);
        else if (global == saved.Value) await GlobalAccount.SetAsync(db, null, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return saved;
    }

    /// <summary>Removes an account that nothing sends through and nothing was sent through.</summary>
    public Task<Outcome<bool>> RemoveAsync(long id, CancellationToken cancel = default) =>
        Removing.RunAsync(contexts, "account", async (db, faults) =>
        {
            var departments = await db.Departments.Where(department => department.OutboundAccountId == id).Select(department => department.Name).ToListAsync(cancel);
            if (departments.Count > 0) faults.Add("", $"These departments send through it: {string.Join(", ", departments.Order(ByName.Comparer))}.");
            var mailboxes = await db.Mailboxes.Where(mailbox => mailbox.ReplyViaId == id).Select(mailbox => mailbox.Name).ToListAsync(cancel);
            if (mailboxes.Count > 0) faults.Add("", $"Answers to these mailboxes leave through it: {string.Join(", ", mailboxes.Order(ByName.Comparer))}.");
            if (await GlobalAccount.IdAsync(db, cancel) == id) faults.Add("", "It is the global account. Choose another one first.");
            if (await db.OutboxMails.AnyAsync(mail => mail.OutboundAccountId == id, cancel)) faults.Add("", "Mail was sent through it, and the record of that is kept.");
            return await db.OutboundAccounts.FindAsync([id], cancel);
        }, cancel);

    /// <summary>Checks the draft and puts it into the context, unsaved and without the choice of the global account; null when it is at fault.</summary>
    internal async Task<OutboundAccount?> ApplyAsync(HelpdeskDb db, OutboundAccountDraft draft, Faults faults, CancellationToken cancel)
    {
        var account = draft.Id is { } id ? await db.OutboundAccounts.FindAsync([id], cancel) : null;
        if (draft.Id is not null && account is null) faults.Add("id", "This account is not there any more.");

        Check(draft, faults);
        FieldRules.Unique(faults, "name", draft.Name, await db.OutboundAccounts.Where(other => other.Id != draft.Id).Select(other => other.Name).ToListAsync(cancel), "an outbound account");
        if (account is not null && draft.Authenticate)
            FieldRules.PasswordForThisServer(faults, draft.Password, account.ProtectedPassword, draft.IsSameServer(account));
        if (faults.Any) return null;

        if (account is null)
        {
            account = new OutboundAccount { Name = draft.Name, Address = draft.Address, Host = draft.Host, CreatedAt = time.GetUtcNow().UtcDateTime };
            db.OutboundAccounts.Add(account);
        }

        account.Name = draft.Name;
        account.Address = draft.Address;
        account.DisplayName = draft.DisplayName;
        account.Host = draft.Host;
        account.Port = draft.Port;
        account.Encryption = draft.Encryption;
        account.UserName = draft.Authenticate ? draft.UserName : null;
        account.PinnedCertificate = draft.PinnedCertificate;
        if (!draft.Authenticate) account.ProtectedPassword = null;
        else if (draft.Password is not null) account.ProtectedPassword = secrets.Protect(draft.Password);
        return account;
    }

    private static void Check(OutboundAccountDraft draft, Faults faults)
    {
        draft.Name = FieldRules.Line(faults, "name", draft.Name, 200);
        draft.Address = FieldRules.Address(faults, "address", draft.Address);
        draft.DisplayName = FieldRules.Line(faults, "displayName", draft.DisplayName, 200, required: false);
        draft.Host = FieldRules.Host(faults, "host", draft.Host);
        FieldRules.Port(faults, "port", draft.Port);
        FieldRules.Known(faults, "encryption", draft.Encryption);
        draft.UserName = draft.Authenticate ? FieldRules.Line(faults, "userName", string.IsNullOrWhiteSpace(draft.UserName) ? draft.Address : draft.UserName, 320) : "";
        draft.Password = draft.Authenticate && !string.IsNullOrEmpty(draft.Password) ? draft.Password : null;
        draft.PinnedCertificate = FieldRules.Certificate(faults, "pinnedCertificate", draft.PinnedCertificate);
        if (draft.PinnedCertificate is not null && draft.Encryption == Encryption.None) faults.Add("pinnedCertificate", "Without encryption there is no certificate.");
    }
}
