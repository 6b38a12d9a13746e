using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Outbound;

/// <summary>Reads outbound accounts.</summary>
public sealed class OutboundAccountDirectory(IDbContextFactory<HelpdeskDb> contexts)
{
    /// <summary>All accounts by name; <paramref name="text"/> filters name, display name, address and host.</summary>
    public async Task<IReadOnlyList<OutboundAccountRow>> ListAsync(string? text = null, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var accounts = db.OutboundAccounts.AsNoTracking();
        if (!string.IsNullOrWhiteSpace(text))
        {
            var words = text.Trim();
            accounts = accounts.Where(account =>
                TextSearch.Contains(account.Name, words) || TextSearch.Contains(account.DisplayName, words) || TextSearch.Contains(account.Address, words) || TextSearch.Contains(account.Host, words));
        }

        var found = await accounts.ToListAsync(cancel);
        var global = await GlobalAccount.IdAsync(db, cancel);
        var departments = (await db.Departments.Where(department => department.OutboundAccountId != null).Select(department => new { Id = department.OutboundAccountId!.Value, department.Name }).ToListAsync(cancel))
            .ToLookup(department => department.Id, department => department.Name);
        var mailboxes = (await db.Mailboxes.Where(mailbox => mailbox.ReplyViaId != null).Select(mailbox => new { Id = mailbox.ReplyViaId!.Value, mailbox.Name }).ToListAsync(cancel))
            .ToLookup(mailbox => mailbox.Id, mailbox => mailbox.Name);
        var waiting = await db.OutboxRecipients
            .Where(recipient => recipient.State == OutboxState.Queued || recipient.State == OutboxState.Deferred)
            .GroupBy(recipient => recipient.OutboxMail!.OutboundAccountId)
            .Select(group => new { Id = group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Id, group => group.Count, cancel);

        return [.. found.OrderBy(account => account.Name, ByName.Comparer).Select(account => new OutboundAccountRow(
            account.Id, account.Name, account.Address, account.DisplayName, account.Host, account.Port, account.Encryption, account.Id == global,
            [.. departments[account.Id].Order(ByName.Comparer), .. mailboxes[account.Id].Order(ByName.Comparer)],
            waiting.GetValueOrDefault(account.Id), account.LastSuccessAt, account.LastErrorAt, account.LastError))];
    }

    public async Task<OutboundAccountDraft?> DraftAsync(long id, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var account = await db.OutboundAccounts.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancel);
        return account is null ? null : OutboundAccountDraft.Of(account, await GlobalAccount.IdAsync(db, cancel) == id);
    }
}
