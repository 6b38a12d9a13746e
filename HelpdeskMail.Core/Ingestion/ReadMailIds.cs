namespace HelpdeskMail.Core.Ingestion;

/// <summary>The Message-IDs that tie a mail to others.</summary>
internal static class ReadMailIds
{
    /// <summary>A thread may name hundreds; the newest tell as much as all.</summary>
    private const int MaxReferences = 32;

    /// <summary>What it answers, most telling first: In-Reply-To, then References from the newest on.</summary>
    public static IEnumerable<string> ReplyIds(this ReadMail mail) =>
        mail.InReplyTo.Take(MaxReferences).Concat(mail.References.Reverse().Take(MaxReferences)).Distinct(StringComparer.Ordinal);

    /// <summary>What a report may be about, most telling first; nothing for any other mail.</summary>
    public static IEnumerable<string> ReportedIds(this ReadMail mail) => mail.Original is { } original ? original.Ids.Concat(original.Thread) : [];

    /// <summary>Every id that a step may ask about.</summary>
    public static IEnumerable<string> AllIds(this ReadMail mail)
    {
        var ids = mail.Original is null ? mail.ReplyIds() : mail.ReportedIds().Concat(mail.ReplyIds()).Distinct(StringComparer.Ordinal);
        return mail.MessageId is { } own ? ids.Prepend(own) : ids;
    }
}
