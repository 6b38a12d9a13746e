namespace HelpdeskMail.Core.CommunicationLog;

/// <summary>Takes nothing down: for looks at a server that somebody makes from a page, and sees the outcome of.</summary>
internal sealed class NoCommunication : ICommunication
{
    public void Add(LogLevels level, string step, string text, string? server = null)
    {
        // A look, not a communication.
    }
}
