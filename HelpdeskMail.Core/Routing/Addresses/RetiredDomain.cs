namespace HelpdeskMail.Core.Routing.Addresses;

/// <summary>An alias domain's name of earlier days: mail already sent carries addresses under it, so they go on working as under the new name.</summary>
public sealed class RetiredDomain
{
    public long Id { get; set; }

    public long AliasDomainId { get; set; }

    /// <summary>Lower case, in Unicode.</summary>
    public required string Domain { get; set; }

    public DateTime RetiredAt { get; set; }
}
