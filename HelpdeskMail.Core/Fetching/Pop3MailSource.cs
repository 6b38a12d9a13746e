using System.Globalization;
using System.Runtime.CompilerServices;
using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Mail.Pop3;
using HelpdeskMail.Mail.Transport;
using HelpdeskMail.Mail.Transport.Sasl;

namespace HelpdeskMail.Core.Fetching;

/// <summary>
/// A POP3 mailbox. It has no folders and no flags: mail is either deleted after fetching or stays as it is, known by its UIDL.
/// </summary>
public sealed class Pop3MailSource(Mailbox mailbox, MailCredentials credentials, TransportOptions options) : IMailSource
{
    private Pop3Client? _client;
    private Dictionary<string, Pop3Message> _messages = [];

    private int? _held;

    public long Validity => 0;

    public int? InFolder => _held;

    public DateTime? CertificateExpiresAt { get; private set; }

    public Task OpenAsync(ICommunication log, CancellationToken cancel) => SourceFaults.GuardAsync(async () =>
    {
        var client = await ConnectAsync(cancel);
        log.Add(LogLevels.Info, "login", $"Logged in to {MailEndpoints.Of(mailbox)} as {mailbox.UserName}{(client.IsEncrypted ? ", encrypted" : ", not encrypted")}.", client.Greeting);
        log.Add(LogLevels.Info, "folder", $"{_messages.Count} messages.");
    });

    public Task<IReadOnlyList<SourceMessage>> ListAsync(SourceQuery query, CancellationToken cancel) => SourceFaults.GuardAsync<IReadOnlyList<SourceMessage>>(async () =>
    {
        await ConnectAsync(cancel);
        // Neither dates nor flags: the query's restrictions have nothing to hold on to, the ledger knows what was fetched.
        return [.. _messages.Select(message => new SourceMessage(message.Key, message.Value.Number, message.Value.Size, ReceivedAt: null, Seen: false)).OrderBy(message => message.Number)];
    });

    public async IAsyncEnumerable<FetchedMessage> FetchAsync(IReadOnlyList<SourceMessage> messages, long maxBytes, [EnumeratorCancellation] CancellationToken cancel)
    {
        var client = await SourceFaults.GuardAsync(() => ConnectAsync(cancel));
        // By identity: numbers are good for one session, and deleting ends a session.
        var wanted = messages.Where(message => _messages.ContainsKey(message.Identity)).ToDictionary(message => _messages[message.Identity].Number);
        var asked = messages.Where(message => _messages.ContainsKey(message.Identity)).Select(message => _messages[message.Identity]).ToList();
        await using var downloads = client.RetrieveAsync(asked, maxBytes, cancel).GetAsyncEnumerator(cancel);
        while (await SourceFaults.GuardAsync(async () => await downloads.MoveNextAsync()))
            yield return new FetchedMessage(wanted[downloads.Current.Number], downloads.Current.Body, downloads.Current.Refusal?.Text);
    }

    public Task<byte[]?> HeaderAsync(SourceMessage message, CancellationToken cancel) => SourceFaults.GuardAsync(async () =>
    {
        var client = await ConnectAsync(cancel);
        if (!_messages.TryGetValue(message.Identity, out var listed)) return null;
        try
        {
            return await client.TopAsync(listed.Number, 0, cancel);
        }
        catch (MailRefusedException)
        {
            // TOP is optional (RFC 1939 §7).
            return (byte[]?)null;
        }
    });

    public Task AcknowledgeAsync(IReadOnlyList<SourceMessage> messages, CancellationToken cancel) => SourceFaults.GuardAsync(async () =>
    {
        if (mailbox.AfterFetch != AfterFetch.Delete || messages.Count == 0)
            return;
        var client = await ConnectAsync(cancel);
        var numbers = messages.Where(message => _messages.ContainsKey(message.Identity)).Select(message => _messages[message.Identity].Number).ToList();
        await client.DeleteAsync(numbers, cancel);
        // Only QUIT carries deletions out (RFC 1939 §6); whatever comes next opens a new session.
        _client = null;
        await client.QuitAsync(cancel);
        _held -= numbers.Count;
    });

    public Task<IReadOnlyDictionary<string, byte[]>> HeadersAsync(IReadOnlyList<SourceMessage> messages, CancellationToken cancel) => SourceFaults.GuardAsync<IReadOnlyDictionary<string, byte[]>>(async () =>
    {
        var client = await ConnectAsync(cancel);
        var headers = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var message in messages.Where(message => _messages.ContainsKey(message.Identity)))
            headers[message.Identity] = await client.TopAsync(_messages[message.Identity].Number, 0, cancel);
        return headers;
    });

    public async ValueTask DisposeAsync()
    {
        if (_client is not { } client)
            return;
        _client = null;
        try
        {
            if (client.IsConnected)
                await client.QuitAsync();
        }
        catch (MailException)
        {
            // Nothing was to be deleted: a server that is gone already is no loss.
        }
        finally
        {
            await client.DisposeAsync();
        }
    }

    private async Task<Pop3Client> ConnectAsync(CancellationToken cancel)
    {
        if (_client is not null)
            return _client;
        var client = await Pop3Client.ConnectAsync(MailEndpoints.Of(mailbox), options, cancel);
        try
        {
            await client.LoginAsync(credentials, cancel);
            _messages = Identify(await client.ListAsync(cancel));
            _held = _messages.Count;
            CertificateExpiresAt = client.Certificate?.NotAfter.UtcDateTime;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }

        return _client = client;
    }

    private static Dictionary<string, Pop3Message> Identify(IReadOnlyList<Pop3Message> messages)
    {
        var known = new Dictionary<string, Pop3Message>(StringComparer.Ordinal);
        foreach (var message in messages)
        {
            if (message.UniqueId is not { } id)
                throw new MailSourceException(MailboxErrorKind.ServerRefused, "The server has no lasting names for its messages (UIDL), so fetched ones could not be told from new ones. Use IMAP.", server: null);
            // RFC 1939 §7: identical messages may share one; each is still a message.
            var identity = "uidl:" + id;
            for (var copy = 2; !known.TryAdd(identity, message); copy++)
                identity = string.Create(CultureInfo.InvariantCulture, $"uidl:{id}#{copy}");
        }

        return known;
    }
}
