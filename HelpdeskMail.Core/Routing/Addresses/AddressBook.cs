using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.Core.Routing.Addresses;

/// <summary>
/// Which addresses are ours and what each is for (N1–N6, O1). Built once for a state of the configuration; each question is a look-up or a few,
/// however many aliases there are.
/// </summary>
internal sealed class AddressBook
{
    private readonly Dictionary<string, AliasDomain> domains;
    private readonly HashSet<string> allowed;
    private readonly Dictionary<(string Local, string Domain), Alias> aliases = [];
    private readonly Dictionary<string, Alias> byLocalPart = new(StringComparer.Ordinal);
    private readonly ILookup<long, (Alias Alias, AliasDomain Domain)> byQueue;
    private readonly Dictionary<(string Local, string Domain), AddressUse> special = [];
    private readonly Dictionary<(string Local, string Domain), AddressUse> exact = [];
    private readonly HashSet<(string Local, string Domain)> senders = [];

    /// <param name="allowedDomains">The setting mail.catchall.domain.allowed: where aliases match; empty: in the alias domains.</param>
    /// <param name="sendingAddresses">Addresses of outbound accounts: ours, though nothing is routed by them.</param>
    public AddressBook(
        IReadOnlyCollection<AliasDomain> domains, IEnumerable<Alias> aliases, IEnumerable<SystemAddress> systemAddresses, IEnumerable<Mailbox> mailboxes,
        IEnumerable<string> sendingAddresses, IReadOnlyCollection<string> allowedDomains)
    {
        this.domains = domains.ToDictionary(row => DomainName.Tidy(row.Domain), StringComparer.Ordinal);
        var byId = domains.ToDictionary(row => row.Id);
        allowed = AllowedOf(domains, allowedDomains);
        var sorted = aliases.OrderBy(row => row.Id).ToList();
        byQueue = sorted.ToLookup(alias => alias.QueueId, alias => (alias, byId[alias.AliasDomainId]));
        foreach (var alias in sorted)
        {
            this.aliases[(alias.LocalPart, DomainName.Tidy(byId[alias.AliasDomainId].Domain))] = alias;
            if (alias.LocalPartDetection) byLocalPart.TryAdd(alias.LocalPart, alias);
        }
        foreach (var domain in domains) AddSpecial(domain, DomainName.Tidy(domain.Domain), isNow: true);
        AddEarlier(domains, sorted);
        foreach (var address in systemAddresses) Add(address.Address, new AddressUse.OfSystemAddress(address));
        foreach (var mailbox in mailboxes.OrderBy(row => row.Id)) Add(mailbox.Address, new AddressUse.OfMailbox(mailbox));
        foreach (var address in sendingAddresses) senders.Add(Split(address));
        DefaultDomain = domains.FirstOrDefault(row => row.IsDefault) ?? domains.MinBy(row => row.Id);
    }

    /// <summary>The domain of whoever has none of its own; null where there are no alias domains.</summary>
    public AliasDomain? DefaultDomain { get; }

    public AliasDomain? Domain(long? id) => id is { } value ? domains.Values.FirstOrDefault(row => row.Id == value) : null;

    /// <summary>The address that mail to a queue is written to (N1, D8): an alias in the given domain, else its oldest; null: it has none.</summary>
    public string? AliasOf(long queueId, AliasDomain? preferred)
    {
        var found = byQueue[queueId].OrderBy(row => row.Domain.Id == preferred?.Id ? 0 : 1).ThenBy(row => row.Alias.Id).FirstOrDefault();
        return found.Alias is { } alias ? $"{alias.LocalPart}@{found.Domain.Domain}" : null;
    }

    /// <summary>What an address is for; null: nothing that routes. A tag after a plus sign (RFC 5233) doesn't count.</summary>
    public AddressUse? Find(string address)
    {
        var key = Split(address);
        if (special.TryGetValue(key, out var use)) return use;
        if (allowed.Contains(key.Domain))
        {
            if (aliases.TryGetValue(key, out var alias)) return new AddressUse.OfAlias(alias, ByLocalPart: false);
            if (byLocalPart.TryGetValue(key.Local, out alias)) return new AddressUse.OfAlias(alias, ByLocalPart: true);
        }
        return exact.GetValueOrDefault(key);
    }

    /// <summary>Whether mail to this address comes to us, or mail from it comes from us: such an address never takes part in a ticket (P7).</summary>
    public bool IsOwn(string address) => Find(address) is not null || senders.Contains(Split(address));

    /// <summary>Where aliases match: a domain that is named is meant under all the names that it has had.</summary>
    private static HashSet<string> AllowedOf(IReadOnlyCollection<AliasDomain> domains, IReadOnlyCollection<string> named)
    {
        var all = named.Select(DomainName.Tidy).ToHashSet(StringComparer.Ordinal);
        foreach (var names in domains.Select(row => row.EarlierNames.Select(earlier => earlier.Domain).Append(row.Domain).Select(DomainName.Tidy).ToList()))
        {
            if (named.Count == 0 || names.Exists(all.Contains)) all.UnionWith(names);
        }
        return all;
    }

    /// <summary>What a domain's addresses were under its earlier names; a domain that has such a name today comes first.</summary>
    private void AddEarlier(IReadOnlyCollection<AliasDomain> domains, List<Alias> sorted)
    {
        var aliasesOf = domains.Any(domain => domain.EarlierNames.Count > 0) ? sorted.ToLookup(alias => alias.AliasDomainId) : null;
        foreach (var domain in domains)
        {
            foreach (var name in domain.EarlierNames.Select(earlier => DomainName.Tidy(earlier.Domain)))
            {
                foreach (var alias in aliasesOf![domain.Id]) aliases.TryAdd((alias.LocalPart, name), alias);
                AddSpecial(domain, name, isNow: false);
            }
        }
    }

    private void AddSpecial(AliasDomain domain, string name, bool isNow)
    {
        if (isNow)
        {
            special[(domain.Catchall, name)] = new AddressUse.OfCatchall(domain, Retired: false);
            special[(domain.Bounce, name)] = new AddressUse.OfBounce(domain, Retired: false);
        }
        else
        {
            special.TryAdd((domain.Catchall, name), new AddressUse.OfCatchall(domain, Retired: true));
            special.TryAdd((domain.Bounce, name), new AddressUse.OfBounce(domain, Retired: true));
        }
        foreach (var old in domain.Retired)
        {
            special.TryAdd((old.LocalPart, name), old.Role switch
            {
                AddressRole.Catchall => new AddressUse.OfCatchall(domain, Retired: true),
                AddressRole.Bounce => new AddressUse.OfBounce(domain, Retired: true),
                _ => throw new InvalidOperationException($"Unknown role {old.Role}."),
            });
        }
    }

    private void Add(string address, AddressUse use) => exact.TryAdd(Split(address), use);

    private static (string Local, string Domain) Split(string address)
    {
        var at = address.LastIndexOf('@');
        if (at < 0) return (address.ToLowerInvariant(), "");
        var local = address[..at].ToLowerInvariant();
        var plus = local.IndexOf('+', StringComparison.Ordinal);
        return (plus > 0 ? local[..plus] : local, DomainName.Tidy(address[(at + 1)..]));
    }
}
