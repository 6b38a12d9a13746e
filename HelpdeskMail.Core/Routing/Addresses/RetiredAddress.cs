namespace HelpdeskMail.Core.Routing.Addresses;

/// <summary>A catch-all or bounce local part of earlier days: mail already sent carries it, so it goes on taking replies and reports.</summary>
public sealed class RetiredAddress
{
    public long Id { get; set; }

    public long AliasDomainId { get; set; }

    public required string LocalPart { get; set; }

    public AddressRole Role { get; set; }

    public DateTime RetiredAt { get; set; }
}
