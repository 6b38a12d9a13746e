using System.Runtime.CompilerServices;
using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Bench;

/// <summary>A folder whose server costs nothing.</summary>
internal sealed class MemoryFolder : IMailSource
{
    private readonly SortedDictionary<long, byte[]> mails = [];
    private long last;

    public long Validity => 1;

    public DateTime? CertificateExpiresAt => null;

    public void Put(IEnumerable<LoadMail> more)
    {
        foreach (var mail in more) mails[++last] = mail.Raw;
    }

    public Task OpenAsync(ICommunication log, CancellationToken cancel) => Task.CompletedTask;

    public Task<IReadOnlyList<SourceMessage>> ListAsync(SourceQuery query, CancellationToken cancel) => Task.FromResult<IReadOnlyList<SourceMessage>>(
        [.. mails.Where(pair => pair.Key > (query.AfterNumber ?? 0)).Select(pair => new SourceMessage($"1:{pair.Key}", pair.Key, pair.Value.Length, null, false))]);

    public async IAsyncEnumerable<FetchedMessage> FetchAsync(IReadOnlyList<SourceMessage> messages, long maxBytes, MessageBuffers buffers, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.Yield();
        foreach (var message in messages) yield return new FetchedMessage(message, mails[message.Number]);
    }

    public Task<IReadOnlyDictionary<string, byte[]>> HeadersAsync(IReadOnlyList<SourceMessage> messages, CancellationToken cancel) => throw new NotSupportedException("No mail of the load is too large.");

    public Task AcknowledgeAsync(IReadOnlyList<SourceMessage> messages, CancellationToken cancel)
    {
        foreach (var message in messages) mails.Remove(message.Number);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
