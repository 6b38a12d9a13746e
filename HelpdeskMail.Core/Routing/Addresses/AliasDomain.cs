namespace HelpdeskMail.Core.Routing.Addresses;

/// <summary>A mail domain of ours in which aliases match, with its catch-all and bounce address (N2, N3, N4).</summary>
public sealed class AliasDomain
{
    public long Id { get; set; }

    /// <summary>Lower case, in Unicode; unique.</summary>
    public required string Domain { get; set; }

    /// <summary>Local part of the address that replies come to where the queue has no alias; takes replies only.</summary>
    public string Catchall { get; set; } = "catchall";

    /// <summary>Local part of the envelope sender of what we send: where delivery reports come to.</summary>
    public string Bounce { get; set; } = "bounce";

    /// <summary>The address that who writes straight to the catch-all is told to use instead; null: none is named.</summary>
    public string? CompanyAddress { get; set; }

    /// <summary>The one that departments without a domain of their own use; exactly one where there are any.</summary>
    public bool IsDefault { get; set; }

    public List<RetiredAddress> Retired { get; } = [];

    /// <summary>What it was called before: mail already sent carries addresses under these names.</summary>
    public List<RetiredDomain> EarlierNames { get; } = [];

    public string CatchallAddress => $"{Catchall}@{Domain}";

    public string BounceAddress => $"{Bounce}@{Domain}";
}
