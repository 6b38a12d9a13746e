namespace HelpdeskMail.Core.Tickets.Contents;

/// <summary>What the database says of a message, to tell whether its raw mail holds more than text and files.</summary>
internal sealed record ContentSource(long MessageId, long? StoredMailId, bool Inbound, bool HasHtml, bool Automatic, bool HasArmour, string? EmbeddedPath)
{
    /// <summary>How OpenPGP blocks in a text begin (RFC 4880 §6.2).</summary>
    public const string Armour = "-----BEGIN PGP ";

    /// <summary>HTML is only in the raw mail; reports come by themselves.</summary>
    public bool NeedsMail => HasHtml || (Inbound && (Automatic || HasArmour));

    /// <summary>A file of that kind may be a meeting, a report, a signature or what is encrypted.</summary>
    public static bool Speaks(string type, string name) =>
        type is "text/calendar" or "application/ics" or "text/x-vcalendar" or "application/ms-tnef" or "application/vnd.ms-tnef" or "message/disposition-notification" or "message/global-disposition-notification" or "message/feedback-report"
        || type.Contains("pkcs7", StringComparison.Ordinal) || type.StartsWith("application/pgp-", StringComparison.Ordinal)
        || Path.GetExtension(name).ToUpperInvariant() is ".ICS" or ".P7M" or ".P7S" or ".P7C" or ".P7Z" or ".ASC" or ".PGP" or ".DAT";
}
