using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Mailboxes;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Routing.Addresses;

/// <summary>Saves system addresses. They are never deleted (O1).</summary>
public sealed class SystemAddressEditor(IDbContextFactory<HelpdeskDb> contexts)
{
    public Task<Outcome<long>> SaveAsync(SystemAddressDraft draft, CancellationToken cancel = default) =>
        Saving.RunAsync(contexts, async (db, faults) => (await ApplyAsync(db, draft, faults, cancel)) is { } address ? () => address.Id : null, cancel);

    /// <summary>Checks the draft and puts it into the context, unsaved; null when it is at fault.</summary>
    internal static async Task<SystemAddress?> ApplyAsync(HelpdeskDb db, SystemAddressDraft draft, Faults faults, CancellationToken cancel)
    {
        var saved = draft.Id is { } id ? await db.SystemAddresses.FindAsync([id], cancel) : null;
        if (draft.Id is not null && saved is null) faults.Add("id", "This address is not there any more.");

        var address = FieldRules.Address(faults, "address", draft.Address).ToLowerInvariant();
        if (await db.SystemAddresses.AnyAsync(other => other.Id != draft.Id && other.Address == address, cancel)) faults.Add("address", "This address is there already.");
        var name = FieldRules.Line(faults, "displayName", draft.DisplayName, 200);
        FieldRules.Known(faults, "validity", draft.Validity);
        var comment = FieldRules.Text(faults, "comment", draft.Comment, 2000, required: false);
        if (draft.QueueId is not { } queue || !await db.Queues.AnyAsync(row => row.Id == queue, cancel)) faults.Add("queue", "Choose the queue that its mail goes to.");
        if (saved is { Validity: Validity.Valid } && draft.Validity != Validity.Valid) await CheckUseAsync(db, saved, faults, cancel);
        if (faults.Any) return null;

        saved ??= db.SystemAddresses.Add(new SystemAddress { Address = address, DisplayName = name }).Entity;
        (saved.Address, saved.DisplayName, saved.QueueId, saved.Validity, saved.Comment) = (address, name, draft.QueueId!.Value, draft.Validity, comment);
        return saved;
    }

    private static async Task CheckUseAsync(HelpdeskDb db, SystemAddress saved, Faults faults, CancellationToken cancel)
    {
        var users = await db.Queues.Where(queue => queue.SystemAddressId == saved.Id).Select(queue => queue.Name).ToListAsync(cancel);
        if (users.Count > 0) faults.Add("validity", $"In use by queue: {string.Join(", ", users.Order(ByName.Comparer))}. Give it another address first.");
    }
}
