namespace HelpdeskMail.Core.CommunicationLog;

/// <summary>A communication that is being written.</summary>
public interface ICommunication
{
    void Add(LogLevels level, string step, string text, string? server = null);
}
