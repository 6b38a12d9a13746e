namespace HelpdeskMail.Core.Quarantine;

/// <summary>The header of a mail that is held back on its server: all of it that is ours, and enough to answer its author. Goes when the mail comes or is settled.</summary>
public sealed class HeldHeader
{
    /// <summary>Bytes that are kept; the rest of a longer one says nothing of its author.</summary>
    public const int MaxBytes = 256 * 1024;

    public long LedgerEntryId { get; set; }

    public required byte[] Bytes { get; set; }
}
