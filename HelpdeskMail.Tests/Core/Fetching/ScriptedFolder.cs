using System.Globalization;
using System.Runtime.CompilerServices;
using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Tests.Core.Fetching;

/// <summary>A server's folder in memory, for faults that no real server shows on demand. Each fetch opens it anew; what is acknowledged leaves it.</summary>
internal sealed class ScriptedFolder
{
    private readonly SortedDictionary<long, byte[]> messages = [];
    private readonly Dictionary<long, DateTime> receivedAt = [];
    private long next = 1;

    public long Validity { get; set; } = 7;

    public DateTime? CertificateExpiresAt { get; set; }

    /// <summary>Called before each message is handed out; throw to break the connection there.</summary>
    public Action<long> BeforeMessage { get; set; } = _ => { };

    public Action BeforeOpen { get; set; } = () => { };

    public Action BeforeAcknowledge { get; set; } = () => { };

    public Func<long, string?> Refuse { get; set; } = _ => null;

    /// <summary>False: the server won't hand out this header; throw to break the connection there.</summary>
    public Func<long, bool> GivesHeader { get; set; } = _ => true;

    public IReadOnlyCollection<long> Numbers => messages.Keys;

    public List<long> Downloaded { get; } = [];

    public void Put(string raw, DateTime? received = null)
    {
        if (received is { } at) receivedAt[next] = at;
        messages[next++] = FlowDesk.Bytes(raw);
    }

    /// <summary>Under a number that is below others already.</summary>
    public void PutBack(long number, string raw) => messages[number] = FlowDesk.Bytes(raw);

    public void Remove(long number) => messages.Remove(number);

    /// <summary>As after a restore: the same messages under other numbers.</summary>
    public void Renumber()
    {
        Validity++;
        var all = messages.Select(pair => (Raw: pair.Value, At: receivedAt.TryGetValue(pair.Key, out var at) ? at : (DateTime?)null)).ToList();
        messages.Clear();
        receivedAt.Clear();
        next = 100;
        foreach (var (raw, at) in all)
        {
            if (at is { } kept) receivedAt[next] = kept;
            messages[next++] = raw;
        }
    }

    public IMailSource Open(Mailbox mailbox) => new Session(this);

    public static MailSourceException Lost() => new(MailboxErrorKind.ConnectionLost, "The connection was lost.", "reset by peer");

    private sealed class Session(ScriptedFolder folder) : IMailSource
    {
        public long Validity => folder.Validity;

        public DateTime? CertificateExpiresAt => folder.CertificateExpiresAt;

        public Task OpenAsync(ICommunication log, CancellationToken cancel)
        {
            folder.BeforeOpen();
            log.Add(LogLevels.Info, "connect", "Connected.");
            return Task.CompletedTask;
        }

        public Task<IReadOnlyList<SourceMessage>> ListAsync(SourceQuery query, CancellationToken cancel) => Task.FromResult<IReadOnlyList<SourceMessage>>(
            [.. folder.messages.Where(pair => pair.Key > (query.AfterNumber ?? 0)).Select(pair => new SourceMessage(string.Create(CultureInfo.InvariantCulture, $"{Validity}:{pair.Key}"), pair.Key, pair.Value.Length, folder.receivedAt.TryGetValue(pair.Key, out var at) ? at : null, false))]);

        public async IAsyncEnumerable<FetchedMessage> FetchAsync(IReadOnlyList<SourceMessage> messages, long maxBytes, MessageBuffers buffers, [EnumeratorCancellation] CancellationToken cancel)
        {
            foreach (var message in messages)
            {
                await Task.Yield();
                folder.BeforeMessage(message.Number);
                if (!folder.messages.TryGetValue(message.Number, out var raw)) continue;
                folder.Downloaded.Add(message.Number);
                var refused = folder.Refuse(message.Number);
                yield return new FetchedMessage(message, refused is null && raw.Length <= maxBytes ? (ReadOnlyMemory<byte>?)raw : null, refused);
            }
        }

        public Task<IReadOnlyDictionary<string, byte[]>> HeadersAsync(IReadOnlyList<SourceMessage> messages, CancellationToken cancel) => Task.FromResult<IReadOnlyDictionary<string, byte[]>>(
            messages.Where(message => folder.messages.ContainsKey(message.Number) && folder.GivesHeader(message.Number)).ToDictionary(message => message.Identity, message => HeaderOf(folder.messages[message.Number]), StringComparer.Ordinal));

        public Task AcknowledgeAsync(IReadOnlyList<SourceMessage> messages, CancellationToken cancel)
        {
            folder.BeforeAcknowledge();
            foreach (var message in messages) folder.messages.Remove(message.Number);
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private static byte[] HeaderOf(byte[] raw) => raw[..(raw.AsSpan().IndexOf("\r\n\r\n"u8) + 4)];
    }
}
