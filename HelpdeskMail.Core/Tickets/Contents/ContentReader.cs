using HelpdeskMail.Mail.Calendar;
using HelpdeskMail.Mail.Mime;
using HelpdeskMail.Mail.Reports;

namespace HelpdeskMail.Core.Tickets.Contents;

/// <summary>Reads a mail for the page.</summary>
internal static class ContentReader
{
    private const int MaxMeetings = 10;
    private const int MaxPeople = 200;
    private const int MaxDescription = 10_000;
    private const int MaxValues = 20;

    /// <param name="files">Index of each attachment's row by its part's path.</param>
    public static MessageContent Read(MimeMessage mail, IReadOnlyDictionary<string, int> files)
    {
        var html = mail.Html is { } source ? MailHtml.Clean(source) : null;
        var shown = new HashSet<int>();
        var invitations = Invitations(mail, files, shown);
        var protections = Protections(mail, files, shown);
        return new MessageContent(html?.Html, html?.Blocked ?? 0, html?.Hidden ?? 0, invitations, Receipt(mail), Complaint(mail), protections, [.. shown]);
    }

    /// <summary>HTML that an agent wrote.</summary>
    public static MessageContent OfHtml(string html)
    {
        var clean = MailHtml.Clean(html);
        return MessageContent.Empty with { Html = clean.Html, Blocked = clean.Blocked, Hidden = clean.Hidden };
    }

    // The same object often comes twice, as an alternative and as a file.
    private static List<InvitationView> Invitations(MimeMessage mail, IReadOnlyDictionary<string, int> files, HashSet<int> shown)
    {
        var meetings = new List<InvitationView>();
        var known = new HashSet<(string?, string, int, DateTime?)>();
        foreach (var calendar in CalendarParts.Read(mail))
        {
            int? file = files.TryGetValue(calendar.Part.Path, out var index) ? index : null;
            foreach (var meeting in calendar.Events)
            {
                if (file is { } offered) shown.Add(offered);
                if (meetings.Count < MaxMeetings && known.Add((calendar.Method, meeting.Uid, meeting.Sequence, meeting.Start?.Value))) meetings.Add(new InvitationView(calendar.Method, Bounded(meeting), file));
            }
        }
        return meetings;
    }

    private static CalendarEvent Bounded(CalendarEvent meeting) => meeting with
    {
        Attendees = [.. meeting.Attendees.Take(MaxPeople)],
        Description = meeting.Description is { Length: > MaxDescription } text ? text[..MaxDescription] : meeting.Description,
    };

    private static List<ProtectionView> Protections(MimeMessage mail, IReadOnlyDictionary<string, int> files, HashSet<int> shown)
    {
        var found = new List<ProtectionView>();
        foreach (var protection in mail.Protections)
        {
            var view = new ProtectionView(protection.Method, protection.Form);
            if (!found.Contains(view)) found.Add(view);
            if (protection.Signature is { } signature && files.TryGetValue(signature.Path, out var index)) shown.Add(index);
        }
        return found;
    }

    private static ReceiptView? Receipt(MimeMessage mail) => DispositionNotifications.Read(mail) is { } receipt
        ? new ReceiptView(receipt.OriginalRecipient ?? receipt.FinalRecipient, receipt.Type, receipt.IsAutomaticAction, receipt.OriginalMessageId?.Value, receipt.ReportingUserAgent, [.. receipt.Errors.Take(MaxValues)])
        : null;

    private static ComplaintView? Complaint(MimeMessage mail) => AbuseReports.Read(mail) is { } report
        ? new ComplaintView(
            report.FeedbackType, report.OriginalMailFrom, [.. report.OriginalRecipients.Take(MaxValues)], report.ArrivalDate?.UtcDateTime, report.SourceIp?.ToString(), report.UserAgent,
            report.AuthenticationFailure, report.Incidents, report.OriginalMessageId?.Value)
        : null;
}
