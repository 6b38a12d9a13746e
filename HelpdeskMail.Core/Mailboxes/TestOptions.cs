using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Core.Mailboxes;

/// <summary>How far a connection test may go, and where its transcript is kept.</summary>
public sealed record TestOptions
{
    /// <summary>Filled while the test runs, without secrets; the caller may show it. Null: kept nowhere.</summary>
    public ProtocolTrace? Trace { get; init; }

    /// <summary>The administrator allows a test mail of our own to be put into the folder, moved and deleted. Without it nothing is changed on the server.</summary>
    public bool Probe { get; init; }

    public static TestOptions Default { get; } = new();
}
