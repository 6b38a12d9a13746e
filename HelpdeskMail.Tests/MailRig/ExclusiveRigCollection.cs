using Xunit;

namespace HelpdeskMail.Tests;

/// <summary>For tests that stop or restart a server: they run alone, after all parallel ones.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ExclusiveRigCollection : ICollectionFixture<MailRig>
{
    public const string Name = "exclusive mail rig";
}
