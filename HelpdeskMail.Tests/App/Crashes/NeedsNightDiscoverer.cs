using Xunit.Abstractions;
using Xunit.Sdk;

namespace HelpdeskMail.Tests.App.Crashes;

/// <summary>Gives tests of many minutes the trait Needs=night.</summary>
public sealed class NeedsNightDiscoverer : ITraitDiscoverer
{
    public const string Name = "HelpdeskMail.Tests.App.Crashes.NeedsNightDiscoverer";

    public IEnumerable<KeyValuePair<string, string>> GetTraits(IAttributeInfo traitAttribute) => [new("Needs", "night")];
}
