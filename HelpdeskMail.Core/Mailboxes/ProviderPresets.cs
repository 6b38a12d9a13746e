namespace HelpdeskMail.Core.Mailboxes;

/// <summary>The providers that the form offers.</summary>
public static class ProviderPresets
{
    public static IReadOnlyList<ProviderPreset> All { get; } = [];

    /// <summary>The provider of an address by its domain; null where it is none of them.</summary>
    public static ProviderPreset? OfAddress(string address) => All.FirstOrDefault(preset => preset.Domains.Any(domain => address.EndsWith("@" + domain, StringComparison.OrdinalIgnoreCase)));
}
