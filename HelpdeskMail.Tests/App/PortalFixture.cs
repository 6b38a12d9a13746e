using Xunit;

namespace HelpdeskMail.Tests.App;

/// <summary>One portal for the tests of a class that only ask, or that don't mind each other.</summary>
public sealed class PortalFixture : IAsyncLifetime
{
    internal RunningPortal Portal { get; private set; } = null!;

    public async Task InitializeAsync() => Portal = await RunningPortal.StartAsync();

    public async Task DisposeAsync() => await Portal.DisposeAsync();
}
