using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.Core.Routing.Addresses;

/// <summary>What an address of ours is for: a closed family.</summary>
internal abstract record AddressUse
{
    /// <param name="ByLocalPart">Matched by its local part alone, in another domain than its own.</param>
    public sealed record OfAlias(Alias Alias, bool ByLocalPart) : AddressUse;

    /// <param name="Retired">An earlier address: mail sent before the change still carries it.</param>
    public sealed record OfCatchall(AliasDomain Domain, bool Retired) : AddressUse;

    /// <inheritdoc cref="OfCatchall"/>
    public sealed record OfBounce(AliasDomain Domain, bool Retired) : AddressUse;

    public sealed record OfSystemAddress(SystemAddress Address) : AddressUse;

    public sealed record OfMailbox(Mailbox Mailbox) : AddressUse;
}
