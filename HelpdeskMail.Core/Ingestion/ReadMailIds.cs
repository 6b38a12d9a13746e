namespace HelpdeskMail.Core.Ingestion;

/// <summary>The Message-IDs that tie a mail to others.</summary>
internal static class ReadMailIds
{
    /// <summary>A thread may name hundreds; the newest tell as much as all.</summary>
    private const int MaxReferences = 32;

    /// <summary>What it answers, most telling first: In-Reply-To, then References from the newest on.</summary>
    public static IEnumerable<string> ReplyIds(this ReadMail mail) =>
        mail.InReplyTo.Take(MaxReferences).Concat(mail.References.Reverse().Take(MaxReferences)).Distinct(StringComparer.Ordinal);

    /// <summary>For a delivery report: the mail it speaks of.</summary>
    public static IEnumerable<string> OriginalIds(this ReadMail mail) =>
        mail.Reports.Select(report => report.OriginalMessageId).OfType<string>().Concat(mail.ReplyIds()).Distinct(StringComparer.Ordinal);

    /// <summary>Every id that a step may ask about.</summary>
    public static IEnumerable<string> AllIds(this ReadMail mail) => mail.MessageId is { } own ? mail.OriginalIds().Prepend(own) : mail.OriginalIds();
}
