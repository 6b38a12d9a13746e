namespace HelpdeskMail.Core.Ingestion;

/// <summary>A stored mail on its way through the pipeline.</summary>
/// <param name="StoredMailId">0 when only explaining.</param>
/// <param name="Mail">Null where reading it failed; <paramref name="Fault"/> says how.</param>
/// <param name="ConnectionId">The communication it came over, for the log.</param>
internal sealed record IncomingMail(
    long StoredMailId, MailSourceKind Source, long? MailboxId, bool Notices, long Size, byte[] ContentHash, long ContentKey, DateTime StoredAt,
    ReadMail? Mail, string? Fault, long? ConnectionId = null)
{
    public static IncomingMail Of(StoredMail stored, byte[] raw, long? connectionId = null)
    {
        var (mail, fault) = MailReader.TryRead(raw);
        return new(stored.Id, stored.Source, stored.MailboxId, stored.Notices, stored.Size, stored.ContentHash, stored.ContentKey, stored.StoredAt, mail, fault, connectionId);
    }
}
