using System.Runtime.CompilerServices;
using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Mail.Pop3;
using HelpdeskMail.Mail.Transport;
using HelpdeskMail.Mail.Transport.Sasl;

namespace HelpdeskMail.Core.Fetching;

/// <summary>
/// A POP3 mailbox. It has no folders and no flags: mail is either deleted after fetching or stays as it is, known by its UIDL, or by its header
/// where the server has no UIDL or gives it out twice; see <see cref="Pop3Names"/>.
/// </summary>
public sealed class Pop3MailSource(Mailbox mailbox, MailCredentials credentials, TransportOptions options) : IMailSource
{
    private readonly Pop3Names _names = new();
    private Pop3Client? _client;
    private int? _held;

    public long Validity => 0;

    public Task<int?> CountAsync(CancellationToken cancel) => Task.FromResult(_held);

    public DateTime? CertificateExpiresAt { get; private set; }

    public Task OpenAsync(ICommunication log, CancellationToken cancel) => SourceFaults.GuardAsync(async () =>
    {
        var client = await ConnectAsync(cancel);
        log.Add(LogLevels.Info, "login", $"Logged in to {MailEndpoints.Of(mailbox)} as {mailbox.UserName}{(client.IsEncrypted ? ", encrypted" : ", not encrypted")}.", client.Greeting);
        log.Add(LogLevels.Info, "folder", $"{_names.Count} messages.");
        if (_names.Warning is { } warning) log.Add(LogLevels.Warning, "names", warning);
    });

    public Task<IReadOnlyList<SourceMessage>> ListAsync(SourceQuery query, CancellationToken cancel) => SourceFaults.GuardAsync(async () =>
    {
        await ConnectAsync(cancel);
        // Neither dates nor flags: the query's restrictions have nothing to hold on to, the ledger knows what was fetched.
        return _names.List();
    });

    public Task<IReadOnlyList<SourceMessage>> DistinguishAsync(CancellationToken cancel) => SourceFaults.GuardAsync(async () =>
    {
        _names.Distrust();
        await _names.ReadAsync(await ConnectAsync(cancel), cancel);
        return _names.List();
    });

    public async IAsyncEnumerable<FetchedMessage> FetchAsync(IReadOnlyList<SourceMessage> messages, long maxBytes, MessageBuffers buffers, [EnumeratorCancellation] CancellationToken cancel)
    {
        // A message's number is good for one session, and a hang-up ends it: what is suspected is known by its place in the list.
        var left = new SuspectMessages([.. messages.Select((message, index) => message with { Number = index })]);
        while (left.Next() is { Count: > 0 } asked)
        {
            var client = await SourceFaults.GuardAsync(() => ConnectAsync(cancel));
            var places = asked.Where(place => _names.Find(messages[(int)place].Identity) is not null).ToDictionary(place => _names.Find(messages[(int)place].Identity)!.Number);
            MailProtocolException? lost = null;
            await using (var downloads = client.RetrieveAsync([.. places.Values.Select(place => _names.Find(messages[(int)place].Identity)!)], maxBytes, cancel).GetAsyncEnumerator(cancel))
            {
                while (lost is null)
                {
                    var (download, fault) = await SourceFaults.GuardAsync(() => NextAsync(downloads, left));
                    if (download is not null)
                    {
                        left.Take(places[download.Number]);
                        yield return new FetchedMessage(messages[(int)places[download.Number]], download.Body is { } body ? (ReadOnlyMemory<byte>?)body : null, download.Refusal?.Text, download.Refusal is { Kind: RefusalKind.Unavailable or RefusalKind.InUse });
                    }
                    else if ((lost = fault) is null)
                    {
                        break;
                    }
                }
            }

            if (left.Blame(asked, lost) is { } culprit)
                yield return new FetchedMessage(messages[(int)culprit.Number], Raw: null, lost!.ServerText ?? lost.Text);
            if (lost is not null)
                await DropAsync();
        }
    }

    public Task AcknowledgeAsync(IReadOnlyList<SourceMessage> messages, CancellationToken cancel) => SourceFaults.GuardAsync(async () =>
    {
        if (mailbox.AfterFetch != AfterFetch.Delete || messages.Count == 0)
            return;
        var client = await ConnectAsync(cancel);
        var found = messages.Select(message => _names.Find(message.Identity)).OfType<Pop3Message>().ToList();
        await client.DeleteAsync(found.Select(message => message.Number), cancel);
        _names.Deleted(found);
        // Only QUIT carries deletions out (RFC 1939 §6); whatever comes next opens a new session.
        _client = null;
        await client.QuitAsync(cancel);
        _held -= found.Count;
    });

    public Task<IReadOnlyDictionary<string, byte[]>> HeadersAsync(IReadOnlyList<SourceMessage> messages, CancellationToken cancel) => SourceFaults.GuardAsync<IReadOnlyDictionary<string, byte[]>>(async () =>
    {
        var client = await ConnectAsync(cancel);
        var headers = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var message in messages)
        {
            if (_names.Find(message.Identity) is not { } found) continue;
            try
            {
                headers[message.Identity] = await client.TopAsync(found.Number, 0, cancel);
            }
            catch (MailRefusedException)
            {
                // TOP is optional (RFC 1939 §7).
            }
        }
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

    private static async Task<(Pop3Download? Download, MailProtocolException? Fault)> NextAsync(IAsyncEnumerator<Pop3Download> downloads, SuspectMessages left)
    {
        try
        {
            return (await downloads.MoveNextAsync() ? downloads.Current : null, null);
        }
        catch (MailProtocolException fault) when (fault.Kind == MailFaultKind.Disconnected && left.MayGoOn)
        {
            return (null, fault);
        }
    }

    private async Task DropAsync()
    {
        if (_client is { } client)
            await client.DisposeAsync();
        _client = null;
    }

    private async Task<Pop3Client> ConnectAsync(CancellationToken cancel)
    {
        if (_client is not null)
            return _client;
        var client = await Pop3Client.ConnectAsync(MailEndpoints.Of(mailbox), options, cancel);
        try
        {
            await client.LoginAsync(credentials, cancel);
            await _names.ReadAsync(client, cancel);
            _held = _names.Count;
            CertificateExpiresAt = client.Certificate?.NotAfter.UtcDateTime;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }

        return _client = client;
    }
}
