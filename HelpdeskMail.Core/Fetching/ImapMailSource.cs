using System.Globalization;
using System.Runtime.CompilerServices;
using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Mail.Imap;
using HelpdeskMail.Mail.Transport;
using HelpdeskMail.Mail.Transport.Sasl;

namespace HelpdeskMail.Core.Fetching;

/// <summary>A folder of an IMAP server.</summary>
public sealed class ImapMailSource(Mailbox mailbox, MailCredentials credentials, TransportOptions options) : IMailSource
{
    private static readonly string[] Seen = ["\\Seen"];
    private static readonly Dictionary<string, string> OurId = new(StringComparer.Ordinal) { ["name"] = "HelpdeskMail" };

    private ImapClient? _client;
    private string? _archive;

    public long Validity => Client.Selected?.UidValidity ?? 0;

    private ImapClient Client => _client ?? throw new InvalidOperationException("The source is not open.");

    public Task OpenAsync(ICommunication log, CancellationToken cancel) => SourceFaults.GuardAsync(async () =>
    {
        var endpoint = MailEndpoints.Of(mailbox);
        _client = await ImapClient.ConnectAsync(endpoint, options, cancel);
        log.Add(LogLevels.Info, "connect", $"Connected to {endpoint}{(_client.IsEncrypted ? ", encrypted" : ", not encrypted")}.", _client.Greeting);
        await _client.LoginAsync(credentials, cancel);
        log.Add(LogLevels.Info, "login", $"Logged in as {mailbox.UserName}.");
        await _client.IdAsync(OurId, cancel);
        var selected = await _client.SelectAsync(mailbox.Folder, cancel);
        log.Add(LogLevels.Info, "folder", $"Opened {selected.Name}: {selected.Exists} messages.");
        foreach (var alert in _client.Alerts)
            log.Add(LogLevels.Warning, "alert", "The server wants this to be read.", alert);
    });

    public Task<IReadOnlyList<SourceMessage>> ListAsync(SourceQuery query, CancellationToken cancel) => SourceFaults.GuardAsync<IReadOnlyList<SourceMessage>>(async () =>
    {
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
        var summaries = await Client.UidFetchSummariesAsync(UidSet.Of(uids), ct: cancel);
        return [.. summaries
            .Where(summary => query.Since is not { } day || summary.InternalDate is not { } date || date.UtcDateTime >= day)
            .OrderBy(summary => summary.Uid)
            .Select(ToSourceMessage)];
    });

    public async IAsyncEnumerable<FetchedMessage> FetchAsync(IReadOnlyList<SourceMessage> messages, long maxBytes, [EnumeratorCancellation] CancellationToken cancel)
    {
        var wanted = messages.ToDictionary(message => (uint)message.Number);
        await using var bodies = Client.UidFetchAsync(wanted.Keys, maxBytes, cancel).GetAsyncEnumerator(cancel);
        while (await SourceFaults.GuardAsync(async () => await bodies.MoveNextAsync()))
        {
            var message = bodies.Current;
            yield return new FetchedMessage(wanted[message.Uid] with { Size = message.Summary.Size }, message.Body, message.Refusal?.Text);
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

    public async ValueTask DisposeAsync()
    {
        if (_client is null)
            return;
        await _client.LogoutAsync();
        await _client.DisposeAsync();
    }

    private SourceMessage ToSourceMessage(MessageSummary summary) => new(
        string.Create(CultureInfo.InvariantCulture, $"{Validity}:{summary.Uid}"),
        summary.Uid,
        summary.Size,
        summary.InternalDate?.UtcDateTime,
        summary.IsSeen);
}
