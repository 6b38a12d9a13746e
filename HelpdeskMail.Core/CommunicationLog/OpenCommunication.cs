namespace HelpdeskMail.Core.CommunicationLog;

/// <summary>A communication in progress; finish it with its status.</summary>
public sealed class OpenCommunication(long id) : ICommunication
{
    public long Id { get; } = id;

    public void Add(LogLevels level, string step, string text, string? server = null) => throw new NotSupportedException();

    public Task FinishAsync(CommunicationStatus status, string summary, CancellationToken cancel = default) => throw new NotSupportedException();
}
