using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Core.Fetching;

/// <summary>A folder on a server, opened and logged in: lists what is there, hands out bytes, changes the server's copy when told to.
/// Faults throw <see cref="MailSourceException"/>; after one the source is only good for disposing.</summary>
public interface IMailSource : IAsyncDisposable
{
    /// <summary>Identity scope of the folder now: UIDVALIDITY for IMAP, 0 for POP3.</summary>
    long Validity { get; }

    /// <summary>Messages in the folder now; null where the source can't tell.</summary>
    Task<int?> CountAsync(CancellationToken cancel) => Task.FromResult<int?>(null);

    /// <summary>When the certificate runs out that the server showed (UTC); null without TLS, or before the source is open.</summary>
    DateTime? CertificateExpiresAt { get; }

    /// <summary>Connects, logs in, opens the folder. Each step is told to <paramref name="log"/>.</summary>
    Task OpenAsync(ICommunication log, CancellationToken cancel);

    /// <summary>Everything in the folder that <paramref name="query"/> asks for, oldest first, without bodies.</summary>
    Task<IReadOnlyList<SourceMessage>> ListAsync(SourceQuery query, CancellationToken cancel);

    /// <summary>Everything in the archive folder that fetched mail is moved to; null where this mailbox has none, or it doesn't exist yet.
    /// Leaves the folder: nothing else can be asked of the source afterwards.</summary>
    Task<IReadOnlyList<SourceMessage>?> ListArchiveAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<SourceMessage>?>(null);

    /// <summary>Called where the ledger shows that the identities don't last: from now on messages go by others that do, and all is listed anew.
    /// Only POP3 needs it.</summary>
    Task<IReadOnlyList<SourceMessage>> DistinguishAsync(CancellationToken cancel) =>
        throw new NotSupportedException("This source's identities last.");

    /// <summary>Raw bytes of the given messages, in batches with back-pressure; \Seen is not set by reading.
    /// A message that vanished meanwhile is left out; one larger than <paramref name="maxBytes"/> comes with <see cref="FetchedMessage.Raw"/> null.</summary>
    /// <param name="buffers">Where the source may put the bytes; the caller gives them back.</param>
    IAsyncEnumerable<FetchedMessage> FetchAsync(IReadOnlyList<SourceMessage> messages, long maxBytes, MessageBuffers buffers, CancellationToken cancel);

    /// <summary>Whether <see cref="AcknowledgeAsync"/> may be called while <see cref="FetchAsync"/> is being enumerated, between two messages.</summary>
    bool AcknowledgesMeanwhile => false;

    /// <summary>Moves to the archive folder (created when missing), deletes or marks read, as the mailbox says.
    /// Idempotent: messages that are gone count as done.</summary>
    Task AcknowledgeAsync(IReadOnlyList<SourceMessage> messages, CancellationToken cancel);

    /// <summary>Whole headers, without bodies, by <see cref="SourceMessage.Identity"/>. Nothing is marked as read; messages that are gone, or whose header
    /// the server won't hand out, are left out.</summary>
    Task<IReadOnlyDictionary<string, byte[]>> HeadersAsync(IReadOnlyList<SourceMessage> messages, CancellationToken cancel);
}
