namespace HelpdeskMail.Core.Routing.Addresses;

/// <summary>What the alias-domain form edits. Id null: a new one.</summary>
public sealed class AliasDomainDraft
{
    public long? Id { get; set; }

    public string Domain { get; set; } = "";

    public string Catchall { get; set; } = "catchall";

    public string Bounce { get; set; } = "bounce";

    public string? CompanyAddress { get; set; }

    public bool IsDefault { get; set; }

    public static AliasDomainDraft Of(AliasDomain domain) => new()
    {
        Id = domain.Id,
        Domain = domain.Domain,
        Catchall = domain.Catchall,
        Bounce = domain.Bounce,
        CompanyAddress = domain.CompanyAddress,
        IsDefault = domain.IsDefault,
    };
}
