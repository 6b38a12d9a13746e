using System.Buffers.Binary;
using System.Text;
using HelpdeskMail.Mail.Addresses;
using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Mail.Calendar;

/// <summary>A meeting that Outlook sent inside winmail.dat (MS-OXOCAL), as the iCalendar object that it would have sent to others
/// (MS-OXCICAL §2.1.3.1): so there is one reading of invitations, and a file to download.</summary>
internal static class MeetingReader
{
    private const int Cancelled = 4; // asfCanceled, MS-OXOCAL §2.2.1.10
    private const int MaxText = 20_000;

    private static ReadOnlySpan<byte> ForeignUid => "vCal-Uid\x01\0\0\0"u8;

    internal static ContainedFile? ToFile(TnefMeeting meeting, MimeMessage message)
    {
        if (MethodOf(meeting) is not { } method || Read(meeting, method, message) is not { } found) return null;
        var text = CalendarWriter.Write(method, found, message.Date?.UtcDateTime);
        return new ContainedFile("meeting.ics", "text/calendar", Encoding.UTF8.GetBytes(text), null, "utf-8", false);
    }

    /// <summary>In lower case; null for messages about meetings that are none of these (a forward's notification).</summary>
    private static string? MethodOf(TnefMeeting meeting)
    {
        if (meeting.Class.StartsWith("IPM.APPOINTMENT", StringComparison.Ordinal)) return "publish";
        if (AnswerOf(meeting) is not null) return meeting.Properties?.Flag(MapiName.IsProposal) == true ? "counter" : "reply";
        if (Ends(meeting, ".CANCELED", ".MTGCNCL")) return "cancel";
        return meeting.Class.Contains(".MEETING.REQUEST", StringComparison.Ordinal) || Ends(meeting, ".MTGREQ") ? "request" : null;
    }

    private static string? AnswerOf(TnefMeeting meeting) =>
        Ends(meeting, ".RESP.POS", ".MTGRESPP") ? "accepted" : Ends(meeting, ".RESP.NEG", ".MTGRESPN") ? "declined" : Ends(meeting, ".RESP.TENT", ".MTGRESPA") ? "tentative" : null;

    private static bool Ends(TnefMeeting meeting, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
            if (meeting.Class.EndsWith(word, StringComparison.Ordinal)) return true;
        return false;
    }

    private static CalendarEvent? Read(TnefMeeting meeting, string method, MimeMessage message)
    {
        if (meeting.Properties is not { } p) return null;
        var answer = AnswerOf(meeting);
        var zone = ZoneOf(p);
        var rule = MeetingRecurrence.Rule(p.Binary(MapiName.Recurrence).Span);
        var proposed = method == "counter";
        var start = (proposed ? p.Time(MapiName.ProposedStart) : null) ?? p.Time(MapiName.Start) ?? p.Time(MapiName.CommonStart) ?? p.Time(MapiProperties.StartDate);
        var end = (proposed ? p.Time(MapiName.ProposedEnd) : null) ?? p.Time(MapiName.End) ?? p.Time(MapiName.CommonEnd) ?? p.Time(MapiProperties.EndDate);
        var wholeDay = p.Flag(MapiName.WholeDay);
        var (organizer, organizerName) = answer is null ? Represented(p, message) : message.To is [var to, ..] ? (to.Address, to.DisplayName) : (null, null);
        var cancelled = method == "cancel" || ((p.Number(MapiName.StateFlags) ?? 0) & Cancelled) != 0;
        return new CalendarEvent(
            UidOf(p),
            Math.Max(0, p.Number(MapiName.Sequence) ?? 0),
            FirstText(p.Text(MapiProperties.NormalizedSubject), p.Text(MapiProperties.Subject), meeting.Subject, message.Subject),
            FirstText(p.Text(MapiProperties.BodyText)) is { } body ? body[..Math.Min(body.Length, MaxText)] : null,
            FirstText(p.Text(MapiName.Location), p.Text(MapiName.Where)),
            start is { } s ? At(s, wholeDay, zone, rule is not null) : meeting.Start is { } own ? new CalendarTime(own, false, null, false) : null,
            end is { } e ? At(e, wholeDay, zone, rule is not null) : meeting.End is { } until ? new CalendarTime(until, false, null, false) : null,
            cancelled ? "cancelled" : null,
            organizer,
            Attendees(meeting, answer, message),
            rule is not null || p.Flag(MapiName.Recurs) || p.Flag(MapiName.IsRecurring),
            organizerName,
            rule);
    }

    // A series moves with its zone's summer time, so it keeps that; a single meeting is an instant.
    private static CalendarTime At(DateTime utc, bool wholeDay, TimeZoneInfo? zone, bool series)
    {
        if (wholeDay) return new CalendarTime(zone is not null ? TimeZoneInfo.ConvertTimeFromUtc(utc, zone).Date : utc.AddHours(12).Date, false, null, true); // midnight somewhere: the nearest one
        if (!series || zone is null) return new CalendarTime(utc, true, null, false);
        var id = TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out var iana) ? iana : zone.Id;
        return new CalendarTime(DateTime.SpecifyKind(TimeZoneInfo.ConvertTimeFromUtc(utc, zone), DateTimeKind.Unspecified), false, id, false);
    }

    // MS-OXOCAL §2.2.1.41: version, octets of the header, 2, characters of the name, the name.
    private static TimeZoneInfo? ZoneOf(MapiProperties p)
    {
        var value = p.Binary(MapiName.StartZone) is { Length: > 8 } single ? single.Span : p.Binary(MapiName.RecurrenceZone).Span;
        if (value.Length < 8) return null;
        var length = BinaryPrimitives.ReadUInt16LittleEndian(value[6..]) * 2;
        return length > 0 && length <= value.Length - 8 && TimeZoneInfo.TryFindSystemTimeZoneById(Encoding.Unicode.GetString(value.Slice(8, length)), out var zone) ? zone : null;
    }

    // MS-OXCICAL §2.1.3.1.1.20.26: a foreign UID is wrapped; ours is the id in hex, with the day of the instance taken out.
    private static string UidOf(MapiProperties p)
    {
        var id = (p.Binary(MapiName.CleanGlobalObjectId) is { Length: > 0 } clean ? clean : p.Binary(MapiName.GlobalObjectId)).ToArray();
        if (id.Length < 40) return "";
        if (id.AsSpan(40).StartsWith(ForeignUid)) return Encoding.UTF8.GetString(id.AsSpan(40 + ForeignUid.Length)).TrimEnd('\0');
        id.AsSpan(16, 4).Clear();
        return Convert.ToHexString(id);
    }

    private static (string? Address, string? Name) Represented(MapiProperties p, MimeMessage message)
    {
        var address = FirstAddress(p.Text(MapiProperties.RepresentedSmtp), p.Text(MapiProperties.RepresentedAddress));
        if (address is not null) return (address, FirstText(p.Text(MapiProperties.RepresentedName)));
        return message.From is [var from, ..] ? (from.Address, from.DisplayName) : (null, null); // an Exchange name is no address
    }

    private static List<CalendarAttendee> Attendees(TnefMeeting meeting, string? answer, MimeMessage message)
    {
        if (answer is not null) return message.From is [var from, ..] ? [new CalendarAttendee(from.Address, from.DisplayName, answer)] : [];
        var listed = new List<CalendarAttendee>();
        foreach (var row in meeting.Recipients)
        {
            if (row.Number(MapiProperties.RecipientType) is not (1 or 2)) continue; // rooms and copies in secret are nobody's guests
            if (FirstAddress(row.Text(MapiProperties.SmtpAddress), row.Text(MapiProperties.EmailAddress)) is not { } address) continue;
            listed.Add(new CalendarAttendee(address, FirstText(row.Text(MapiProperties.DisplayName)), row.Number(MapiProperties.RecipientAnswer) switch { 2 => "tentative", 3 => "accepted", 4 => "declined", _ => null }));
        }
        return listed.Count > 0 ? listed : [.. message.To.Concat(message.Cc).Where(a => a.Address.Length > 0).Select(a => new CalendarAttendee(a.Address, a.DisplayName, null))];
    }

    private static string? FirstText(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
            if (!string.IsNullOrWhiteSpace(text)) return text;
        return null;
    }

    private static string? FirstAddress(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
            if (text is not null && text.Contains('@', StringComparison.Ordinal)) return text.StartsWith("SMTP:", StringComparison.OrdinalIgnoreCase) ? text[5..] : text;
        return null;
    }
}
