namespace HelpdeskMail.Core.Routing.Addresses;

/// <summary>What a special address of an alias domain is for.</summary>
public enum AddressRole
{
    Catchall,
    Bounce,
}
