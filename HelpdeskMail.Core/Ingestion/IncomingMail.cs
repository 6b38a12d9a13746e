using HelpdeskMail.Core.Fetching;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>A mail on its way through the pipeline.</summary>
/// <param name="Stored">Its row: in the database, or (with <see cref="Raw"/>) to be written together with its decision.</param>
/// <param name="Mail">Null where reading it failed; <paramref name="Fault"/> says how.</param>
/// <param name="ConnectionId">The communication it came over, for the log.</param>
internal sealed record IncomingMail(StoredMail Stored, ReadMail? Mail, string? Fault, long? ConnectionId = null)
{
    /// <summary>The bytes of a mail that is not stored yet: the transaction that decides it writes them, too. Null where they are in the database.</summary>
    public ReadOnlyMemory<byte>? Raw { get; init; }

    /// <summary>For a fetched mail that is not stored yet: its ledger row, with what the fetch knows of it.</summary>
    public LedgerEntry? Entry { get; init; }

    /// <summary>0 while it is not stored.</summary>
    public long StoredMailId => Stored.Id;

    public MailSourceKind Source => Stored.Source;

    public long? MailboxId => Stored.MailboxId;

    public bool Notices => Stored.Notices;

    public long Size => Stored.Size;

    /// <summary>When a report of it was written, never later than it came.</summary>
    public DateTime HeardAt => Mail is { } mail && LoopGuard.TimeOf(this, mail) is var at && at < StoredAt ? at : StoredAt;

    public byte[] ContentHash => Stored.ContentHash;

    public long ContentKey => Stored.ContentKey;

    public DateTime StoredAt => Stored.StoredAt;

    /// <summary>Somebody let it in up to this size, whatever the limit is.</summary>
    public long? AllowedBytes => Stored.AllowedBytes;

    public static IncomingMail Of(StoredMail stored, ReadOnlyMemory<byte> raw, long? connectionId = null)
    {
        var (mail, fault) = MailReader.TryRead(raw);
        return new(stored, mail, fault, connectionId);
    }

    /// <summary>A mail that came in just now; nothing of it is in the database.</summary>
    public static IncomingMail New(ReadOnlyMemory<byte> raw, MailSourceKind source, long? mailboxId, bool notices, long? connectionId = null) =>
        Of(RawStore.NewMail(raw.Span, source, mailboxId, notices, default), raw, connectionId) with { Raw = raw };

    /// <summary>The same mail for another try, without what a transaction that was rolled back wrote into its rows.</summary>
    public IncomingMail Again() => this with
    {
        Stored = new StoredMail { Source = Source, MailboxId = MailboxId, Notices = Notices, Size = Size, ContentHash = ContentHash, ContentKey = ContentKey, AllowedBytes = AllowedBytes },
        Entry = Entry is null ? null : new LedgerEntry { Id = Entry.Id, Identity = Entry.Identity, Size = Entry.Size, ReceivedAt = Entry.ReceivedAt, Subject = Entry.Subject, AllowedBytes = Entry.AllowedBytes },
    };
}
