using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Routing.Addresses;

/// <summary>Saves and removes alias domains. The first one becomes the default; a changed catch-all or bounce address goes on working for
/// what is out already, and so does everything under an earlier name of the domain.</summary>
public sealed class AliasDomainEditor(IDbContextFactory<HelpdeskDb> contexts, TimeProvider time)
{
    public Task<Outcome<long>> SaveAsync(AliasDomainDraft draft, CancellationToken cancel = default) =>
        Saving.RunAsync(contexts, async (db, faults) => (await ApplyAsync(db, draft, faults, cancel)) is { } domain ? () => domain.Id : null, cancel);

    public Task<Outcome<bool>> RemoveAsync(long id, CancellationToken cancel = default) =>
        Removing.RunAsync(contexts, "alias domain", async (db, faults) =>
        {
            var domain = await db.AliasDomains.FindAsync([id], cancel);
            var aliases = await db.Aliases.CountAsync(alias => alias.AliasDomainId == id, cancel);
            if (aliases > 0) faults.Add("", $"It holds {aliases} alias(es). Remove or move them first.");
            var departments = await db.Departments.Where(row => row.AliasDomainId == id).Select(row => row.Name).ToListAsync(cancel);
            if (departments.Count > 0) faults.Add("", $"It is the domain of: {string.Join(", ", departments.Order(ByName.Comparer))}.");
            if (domain is { IsDefault: true } && await db.AliasDomains.CountAsync(cancel) > 1) faults.Add("", "It is the default domain. Make another one the default first.");
            return domain;
        }, cancel);

    /// <summary>Addresses under an earlier name are nobody's from now on.</summary>
    public Task<Outcome<bool>> ForgetNameAsync(long earlierNameId, CancellationToken cancel = default) =>
        Removing.RunAsync(contexts, "earlier name", async (db, _) => await db.Set<RetiredDomain>().FindAsync([earlierNameId], cancel), cancel);

    /// <summary>Checks the draft and puts it into the context, unsaved; null when it is at fault.</summary>
    internal async Task<AliasDomain?> ApplyAsync(HelpdeskDb db, AliasDomainDraft draft, Faults faults, CancellationToken cancel)
    {
        var all = await db.AliasDomains.Include(row => row.Retired).Include(row => row.EarlierNames).ToListAsync(cancel);
        var domain = all.Find(row => row.Id == draft.Id);
        if (draft.Id is not null && domain is null) faults.Add("id", "This alias domain is not there any more.");

        var name = DomainName.Tidy(FieldRules.Line(faults, "domain", draft.Domain, 255));
        if (name.Length > 0 && !DomainName.IsValid(name)) faults.Add("domain", $"\"{draft.Domain}\" is not a domain such as example.org.");
        if (all.Exists(row => row != domain && row.Domain == name)) faults.Add("domain", "This domain is there already.");
        var (catchall, bounce) = (LocalPart.Check(faults, "catchall", draft.Catchall), LocalPart.Check(faults, "bounce", draft.Bounce));
        if (catchall.Length > 0 && catchall == bounce) faults.Add("bounce", "Must differ from the catch-all: replies and delivery reports are told apart by it.");
        var company = string.IsNullOrWhiteSpace(draft.CompanyAddress) ? null : FieldRules.Address(faults, "companyAddress", draft.CompanyAddress);
        if (domain is not null) await CheckAliasesAsync(db, domain, catchall, bounce, faults, cancel);
        if (domain is { IsDefault: true } && !draft.IsDefault && all.Count > 1) faults.Add("default", "Make another domain the default instead: there must be one.");
        if (faults.Any) return null;

        if (domain is null) db.AliasDomains.Add(domain = new AliasDomain { Domain = name, Catchall = catchall, Bounce = bounce });
        else
        {
            Retire(domain, catchall, bounce);
            Rename(domain, name);
        }
        (domain.Domain, domain.Catchall, domain.Bounce, domain.CompanyAddress) = (name, catchall, bounce, company);
        domain.IsDefault = draft.IsDefault || all.Count == 0 || all.TrueForAll(row => row == domain);
        if (domain.IsDefault) all.FindAll(row => row != domain).ForEach(row => row.IsDefault = false);
        return domain;
    }

    private static async Task CheckAliasesAsync(HelpdeskDb db, AliasDomain domain, string catchall, string bounce, Faults faults, CancellationToken cancel)
    {
        var taken = await db.Aliases.Where(alias => alias.AliasDomainId == domain.Id && (alias.LocalPart == catchall || alias.LocalPart == bounce)).Select(alias => alias.LocalPart).ToListAsync(cancel);
        if (taken.Contains(catchall)) faults.Add("catchall", "An alias has this address.");
        if (taken.Contains(bounce)) faults.Add("bounce", "An alias has this address.");
    }

    private void Rename(AliasDomain domain, string name)
    {
        if (domain.Domain == name) return;
        domain.EarlierNames.RemoveAll(row => row.Domain == name || row.Domain == domain.Domain);
        domain.EarlierNames.Add(new RetiredDomain { Domain = domain.Domain, RetiredAt = time.GetUtcNow().UtcDateTime });
    }

    private void Retire(AliasDomain domain, string catchall, string bounce)
    {
        var now = time.GetUtcNow().UtcDateTime;
        Retire(domain.Catchall, catchall, AddressRole.Catchall);
        Retire(domain.Bounce, bounce, AddressRole.Bounce);

        void Retire(string old, string next, AddressRole role)
        {
            domain.Retired.RemoveAll(row => row.LocalPart == next);
            if (old != next && !domain.Retired.Exists(row => row.LocalPart == old && row.Role == role)) domain.Retired.Add(new RetiredAddress { LocalPart = old, Role = role, RetiredAt = now });
        }
    }
}
