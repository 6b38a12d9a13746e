using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Routing.Addresses;

/// <summary>Saves and removes aliases.</summary>
public sealed class AliasEditor(IDbContextFactory<HelpdeskDb> contexts)
{
    public Task<Outcome<long>> SaveAsync(AliasDraft draft, CancellationToken cancel = default) =>
        Saving.RunAsync(contexts, async (db, faults) => (await ApplyAsync(db, draft, faults, cancel)) is { } alias ? () => alias.Id : null, cancel);

    /// <summary>Mail to the address is from then on treated as mail to any unknown address in the domain.</summary>
    public Task<Outcome<bool>> RemoveAsync(long id, CancellationToken cancel = default) =>
        Removing.RunAsync(contexts, "alias", async (db, _) => await db.Aliases.FindAsync([id], cancel), cancel);

    /// <summary>Checks the draft and puts it into the context, unsaved; null when it is at fault.</summary>
    internal static async Task<Alias?> ApplyAsync(HelpdeskDb db, AliasDraft draft, Faults faults, CancellationToken cancel)
    {
        var alias = draft.Id is { } id ? await db.Aliases.FindAsync([id], cancel) : null;
        if (draft.Id is not null && alias is null) faults.Add("id", "This alias is not there any more.");

        var local = LocalPart.Check(faults, "localPart", draft.LocalPart);
        var domain = draft.AliasDomainId is { } domainId ? await db.AliasDomains.FindAsync([domainId], cancel) : null;
        if (domain is null) faults.Add("domain", "Choose an alias domain.");
        if (draft.QueueId is not { } queue || !await db.Queues.AnyAsync(row => row.Id == queue, cancel)) faults.Add("queue", "Choose the queue that its mail goes to.");
        FieldRules.Known(faults, "whoMayWrite", draft.WhoMayWrite);
        var refusal = string.IsNullOrWhiteSpace(draft.Refusal) ? null : FieldRules.Text(faults, "refusal", draft.Refusal, 4000);
        if (domain is not null && local.Length > 0)
        {
            if (local == domain.Catchall || local == domain.Bounce) faults.Add("localPart", $"{local}@{domain.Domain} is the domain's {(local == domain.Catchall ? "catch-all" : "bounce")} address.");
            else if (await db.Aliases.AnyAsync(other => other.Id != draft.Id && other.AliasDomainId == domain.Id && other.LocalPart == local, cancel)) faults.Add("localPart", "There is already an alias with this address.");
        }
        if (faults.Any) return null;

        alias ??= db.Aliases.Add(new Alias { LocalPart = local }).Entity;
        alias.LocalPart = local;
        alias.AliasDomainId = domain!.Id;
        alias.QueueId = draft.QueueId!.Value;
        alias.LocalPartDetection = draft.LocalPartDetection;
        alias.WhoMayWrite = draft.WhoMayWrite;
        alias.Refusal = refusal;
        return alias;
    }
}
