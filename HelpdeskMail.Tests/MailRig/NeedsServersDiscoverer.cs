using Xunit.Abstractions;
using Xunit.Sdk;

namespace HelpdeskMail.Tests;

/// <summary>Gives tests against real servers the trait Needs=servers, so that <c>dev.sh test</c> can run the quick ones first.</summary>
public sealed class NeedsServersDiscoverer : ITraitDiscoverer
{
    public const string Name = "HelpdeskMail.Tests.NeedsServersDiscoverer";
    public const string Assembly = "HelpdeskMail.Tests";

    public IEnumerable<KeyValuePair<string, string>> GetTraits(IAttributeInfo traitAttribute) => [new("Needs", "servers")];
}
