namespace HelpdeskMail.Core.Discovery;

/// <summary>What one way of looking brought.</summary>
/// <param name="Text">Plain words.</param>
public sealed record DiscoveryStep(DiscoverySource Source, DiscoveryState State, string Text);

public enum DiscoveryState
{
    Looking,
    Found,
    Nothing,

    /// <summary>Nobody answered: nothing is known either way.</summary>
    NoAnswer,

    /// <summary>A surer source had everything before this one answered.</summary>
    NotNeeded,
}
