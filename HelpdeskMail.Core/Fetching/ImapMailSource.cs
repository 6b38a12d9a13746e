using System.Globalization;
using System.Runtime.CompilerServices;
using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.Fetching.Push;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Mail.Imap;
using HelpdeskMail.Mail.Transport;
using HelpdeskMail.Mail.Transport.Sasl;

namespace HelpdeskMail.Core.Fetching;

/// <summary>A folder of an IMAP server.</summary>
public sealed class ImapMailSource(Mailbox mailbox, MailCredentials credentials, TransportOptions options) : IPushSource
{
    private static readonly string[] Seen = ["\\Seen"];
    private static readonly Dictionary<string, string> OurId = new(StringComparer.Ordinal) { ["name"] = "HelpdeskMail" };

    private ImapClient? _client;
    private string? _archive;
    private bool _idleRefused;

    /// <summary>The client's count of arrivals when the folder was listed; null: not listed, or by a connection that is gone.</summary>
    private int? _listedAt;

    public long Validity => Client.Selected?.UidValidity ?? 0;

    public Task<int?> CountAsync(CancellationToken cancel) => SourceFaults.GuardAsync<int?>(async () =>
    {
        if (_client is not { } client) return null;
        await client.NoopAsync(cancel); // what another session moved away meanwhile is told with it (RFC 9051 §7.5.1)
        return (int)Math.Min(client.Exists, int.MaxValue);
    });

    public DateTime? CertificateExpiresAt => _client?.Certificate?.NotAfter.UtcDateTime;

    public bool IsOpen => _client is { IsConnected: true };

    public bool AcknowledgesMeanwhile => true;

    public bool CanIdle => Client.Capabilities.Idle && !_idleRefused;

    private ImapClient Client => _client ?? throw new InvalidOperationException("The source is not open.");

    public Task OpenAsync(ICommunication log, CancellationToken cancel) => SourceFaults.GuardAsync(async () =>
    {
        _client = await ConnectAsync(log, cancel);
        foreach (var alert in _client.Alerts)
            log.Add(LogLevels.Warning, "alert", "The server wants this to be read.", alert);
    });

    public Task<IReadOnlyList<SourceMessage>> ListAsync(SourceQuery query, CancellationToken cancel) => SourceFaults.GuardAsync<IReadOnlyList<SourceMessage>>(async () =>
    {
        _listedAt = Client.Arrivals;
        // Messages that another program has marked for deletion are as good as gone.
        var search = ImapSearch.NotDeleted;
        if (query.AfterNumber is { } after)
            search &= ImapSearch.UidFrom((uint)Math.Min(after + 1, uint.MaxValue));
        if (query.UnreadOnly)
            search &= ImapSearch.Unseen;
        if (query.Since is { } since)
            // The server counts days in its own zone: ask for one more.
            search &= ImapSearch.Since(DateOnly.FromDateTime(since).AddDays(-1));

        var uids = await Client.UidSearchAsync(search, cancel);
        if (uids.Count == 0)
            return [];
        var summaries = await SummariesAsync(uids, cancel);
        return [.. uids
            // One without an answer is still listed: whether it is gone or only unreadable shows when it is fetched.
            .Select(uid => summaries.GetValueOrDefault(uid) ?? new MessageSummary(uid, [], InternalDate: null, Size: 0))
            .Where(summary => query.Since is not { } day || summary.InternalDate is not { } date || date.UtcDateTime >= day)
            .Select(ToSourceMessage)];
    });

    public Task<IReadOnlyList<SourceMessage>?> ListArchiveAsync(CancellationToken cancel) => SourceFaults.GuardAsync<IReadOnlyList<SourceMessage>?>(async () =>
    {
        if (mailbox.AfterFetch != AfterFetch.Archive)
            return null;
        var (name, exists) = await ArchiveFolder.FindAsync(Client, mailbox.ArchiveFolder, cancel);
        if (!exists)
            return null;
        await Client.ExamineAsync(name, cancel);
        var uids = await Client.UidSearchAsync(ImapSearch.NotDeleted, cancel);
        return uids.Count == 0 ? [] : [.. (await Client.UidFetchSummariesAsync(UidSet.Of(uids), ct: cancel)).Select(ToSourceMessage)];
    });

    public async IAsyncEnumerable<FetchedMessage> FetchAsync(IReadOnlyList<SourceMessage> messages, long maxBytes, MessageBuffers buffers, [EnumeratorCancellation] CancellationToken cancel)
    {
        var left = new SuspectMessages(messages);
        while (left.Next() is { Count: > 0 } asked)
        {
            MailProtocolException? lost = null;
            await using (var bodies = Client.UidFetchAsync(asked, maxBytes, buffers, cancel).GetAsyncEnumerator(cancel))
            {
                while (lost is null)
                {
                    var (message, fault) = await SourceFaults.GuardAsync(() => NextAsync(bodies, left));
                    if (message is not null)
                        yield return new FetchedMessage(left.Take(message.Uid) with { Size = message.Summary.Size }, message.Body, message.Refusal?.Text, message.Refusal is { Kind: RefusalKind.Unavailable or RefusalKind.InUse });
                    else if ((lost = fault) is null)
                        break;
                }
            }

            if (left.Blame(asked, lost) is { } culprit)
                yield return new FetchedMessage(culprit, Raw: null, lost!.ServerText ?? lost.Text);
            if (lost is not null)
                await SourceFaults.GuardAsync(() => ReconnectAsync(cancel));
        }
    }

    public Task AcknowledgeAsync(IReadOnlyList<SourceMessage> messages, CancellationToken cancel) => SourceFaults.GuardAsync(async () =>
    {
        if (messages.Count == 0)
            return;
        // Commands on UIDs that are gone do nothing and are no error (RFC 9051 §6.4.9).
        var uids = UidSet.Of(messages.Select(message => (uint)message.Number));
        switch (mailbox.AfterFetch)
        {
            case AfterFetch.Archive:
                _archive ??= await ArchiveFolder.PrepareAsync(Client, mailbox.ArchiveFolder, cancel);
                await Client.UidMoveAsync(uids, _archive, cancel);
                break;
            case AfterFetch.Delete:
                await Client.UidDeleteAsync(uids, cancel);
                break;
            case AfterFetch.MarkRead:
                await Client.AddFlagsAsync(uids, Seen, cancel);
                break;
            default:
                throw new InvalidOperationException($"Unknown after-fetch action {mailbox.AfterFetch}.");
        }
    });

    public Task WaitForMailAsync(TimeSpan askEvery, CancellationToken stop) => SourceFaults.GuardAsync(async () =>
    {
        if (_listedAt is not { } listed)
            return;
        try
        {
            await Client.WaitForMailAsync(listed, CanIdle ? null : askEvery, stop);
        }
        catch (MailRefusedException)
        {
            // Quirk: some servers announce IDLE and refuse it, to this account or at this hour.
            _idleRefused = true;
            await Client.WaitForMailAsync(listed, askEvery, stop);
        }
    });

    public Task<IReadOnlyDictionary<string, byte[]>> HeadersAsync(IReadOnlyList<SourceMessage> messages, CancellationToken cancel) => SourceFaults.GuardAsync<IReadOnlyDictionary<string, byte[]>>(async () =>
    {
        if (messages.Count == 0) return new Dictionary<string, byte[]>(StringComparer.Ordinal);
        try
        {
            var headers = await Client.UidFetchHeadersAsync(UidSet.Of(messages.Select(message => (uint)message.Number)), cancel);
            return messages.Where(message => headers.ContainsKey((uint)message.Number)).ToDictionary(message => message.Identity, message => headers[(uint)message.Number], StringComparer.Ordinal);
        }
        catch (MailRefusedException)
        {
            return new Dictionary<string, byte[]>(StringComparer.Ordinal);
        }
    });

    public async ValueTask DisposeAsync()
    {
        if (_client is null)
            return;
        await _client.LogoutAsync();
        await _client.DisposeAsync();
    }

    private static async Task<(Mail.Imap.FetchedMessage? Message, MailProtocolException? Fault)> NextAsync(IAsyncEnumerator<Mail.Imap.FetchedMessage> bodies, SuspectMessages left)
    {
        try
        {
            return (await bodies.MoveNextAsync() ? bodies.Current : null, null);
        }
        catch (MailProtocolException fault) when (fault.Kind == MailFaultKind.Disconnected && left.MayGoOn)
        {
            return (null, fault);
        }
    }

    private async Task<Dictionary<uint, MessageSummary>> SummariesAsync(IReadOnlyList<uint> uids, CancellationToken cancel)
    {
        try
        {
            return (await Client.UidFetchSummariesAsync(UidSet.Of(uids), ct: cancel)).ToDictionary(summary => summary.Uid);
        }
        // One message that the server can't read makes it refuse them all, or hang up: sizes and dates are not worth the mailbox.
        catch (MailRefusedException)
        {
            return [];
        }
        catch (MailProtocolException fault) when (fault.Kind == MailFaultKind.Disconnected)
        {
            await ReconnectAsync(cancel);
            return [];
        }
    }

    private async Task ReconnectAsync(CancellationToken cancel)
    {
        var validity = Validity;
        await Client.DisposeAsync();
        _listedAt = null;
        _client = await ConnectAsync(log: null, cancel);
        if (Validity != validity)
            throw new MailSourceException(MailboxErrorKind.ProtocolFault, "The folder was rebuilt on the server while it was being fetched; the next fetch starts over.", server: null);
    }

    private async Task<ImapClient> ConnectAsync(ICommunication? log, CancellationToken cancel)
    {
        var endpoint = MailEndpoints.Of(mailbox);
        var client = await ImapClient.ConnectAsync(endpoint, options, cancel);
        try
        {
            log?.Add(LogLevels.Info, "connect", $"Connected to {endpoint}{(client.IsEncrypted ? ", encrypted" : ", not encrypted")}.", client.Greeting);
            await client.LoginAsync(credentials, cancel);
            log?.Add(LogLevels.Info, "login", $"Logged in as {mailbox.UserName}.");
            await client.IdAsync(OurId, cancel);
            var selected = await client.SelectAsync(mailbox.Folder, cancel);
            log?.Add(LogLevels.Info, "folder", $"Opened {selected.Name}: {selected.Exists} messages.");
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    private SourceMessage ToSourceMessage(MessageSummary summary) => new(
        string.Create(CultureInfo.InvariantCulture, $"{Validity}:{summary.Uid}"),
        summary.Uid,
        summary.Size,
        summary.InternalDate?.UtcDateTime,
        summary.IsSeen);
}
