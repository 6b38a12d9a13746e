using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Mail.Pop3;
using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Core.Fetching;

/// <summary>
/// What the messages of a POP3 mailbox are called in the ledger. "uidl:ID/SIZE" where the server's UIDL tells them apart (RFC 1939 §7); the size is there
/// because servers may give the id of a deleted message to another one. "top:HASH/SIZE", made from the message's header, where the server has no UIDL,
/// gives one to several messages, or was found out to use it again.
/// </summary>
internal sealed class Pop3Names
{
    public const string NoUidl = "This server has no lasting names for its messages (UIDL). They are told apart by their headers, which takes longer with every message that stays: let fetched mail be deleted, or use IMAP.";
    private const string Repeated = "This server gives the same lasting name (UIDL) to several messages. They are told apart by their headers; nothing is lost by that.";
    private const long MaxHeader = 1024 * 1024;

    /// <summary>Header fields that servers of old write into the message for themselves, another value each time.</summary>
    private static readonly string[] Volatile = ["Status:", "X-Status:", "X-UID:", "X-UIDL:", "X-Keywords:", "X-IMAP:", "Content-Length:", "Lines:"];

    private readonly HashSet<string> deleted = new(StringComparer.Ordinal);
    private bool distrusts;
    private Dictionary<string, Pop3Message> messages = new(StringComparer.Ordinal);

    public int Count => messages.Count;

    /// <summary>A sentence for the administrator where the server's own names are of no use.</summary>
    public string? Warning { get; private set; }

    /// <summary>The server's own name in an identity "uidl:…".</summary>
    public static string UidlOf(string identity) => identity["uidl:".Length..identity.LastIndexOf('/')];

    public Pop3Message? Find(string identity) => messages.GetValueOrDefault(identity);

    public IReadOnlyList<SourceMessage> List() =>
        [.. messages.Select(message => new SourceMessage(message.Key, message.Value.Number, message.Value.Size, ReceivedAt: null, Seen: false)).OrderBy(message => message.Number)];

    /// <summary>From now on all are known by their headers, in this session and, should it end, in the next.</summary>
    public void Distrust() => distrusts = true;

    /// <summary>The next session must not have these names any more.</summary>
    public void Deleted(IEnumerable<Pop3Message> gone) => deleted.UnionWith(gone.Select(message => message.UniqueId).OfType<string>());

    /// <summary>Lists the session's messages and names them.</summary>
    public async Task ReadAsync(Pop3Client client, CancellationToken cancel)
    {
        var listed = await client.ListAsync(cancel);
        if (!distrusts && listed.Any(message => message.UniqueId is { } id && deleted.Contains(id)))
            throw new MailSourceException(MailboxErrorKind.ProtocolFault, "This server gives the lasting names (UIDL) of deleted messages to others at once. To be safe the fetch ended here; the next one goes on by the messages' headers.", server: null);
        var repeated = listed.Where(message => message.UniqueId is not null).GroupBy(message => message.UniqueId!, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
        Warning = listed.Any(message => message.UniqueId is null) ? NoUidl : repeated.Count > 0 ? Repeated : null;
        var named = new Dictionary<string, Pop3Message>(listed.Count, StringComparer.Ordinal);
        foreach (var message in listed)
        {
            var name = !distrusts && message.UniqueId is { } id && !repeated.Contains(id) ? string.Create(CultureInfo.InvariantCulture, $"uidl:{id}/{message.Size}") : null;
            name ??= await ByHeaderAsync(client, message, cancel);

            // The very same header and size: one mail that lies there twice. Each is still a message.
            var identity = name;
            for (var copy = 2; !named.TryAdd(identity, message); copy++) identity = string.Create(CultureInfo.InvariantCulture, $"{name}#{copy}");
        }
        messages = named;
    }

    private static async Task<string> ByHeaderAsync(Pop3Client client, Pop3Message message, CancellationToken cancel)
    {
        var header = await HeaderAsync(client, message, cancel);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var skipping = false;
        foreach (var line in Encoding.Latin1.GetString(header).Split('\n').Select(line => line.TrimEnd('\r')).TakeWhile(line => line.Length > 0))
        {
            skipping = line[0] is ' ' or '\t' ? skipping : Volatile.Any(field => line.StartsWith(field, StringComparison.OrdinalIgnoreCase));
            if (!skipping) hash.AppendData(Encoding.Latin1.GetBytes(line + "\n"));
        }
        return string.Create(CultureInfo.InvariantCulture, $"top:{Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16))}/{message.Size}");
    }

    /// <summary>TOP is optional, too (RFC 1939 §7): then the whole message is read for its header.</summary>
    private static async Task<byte[]> HeaderAsync(Pop3Client client, Pop3Message message, CancellationToken cancel)
    {
        try
        {
            return await client.TopAsync(message.Number, 0, cancel);
        }
        catch (MailRefusedException) when (client.IsConnected)
        {
            await foreach (var download in client.RetrieveAsync([message], Math.Max(MaxHeader, message.Size), cancel))
            {
                if (download.Body is { } body) return body;
                if (download.Refusal is { } refusal) throw new MailRefusedException(refusal);
            }
            throw;
        }
    }
}
