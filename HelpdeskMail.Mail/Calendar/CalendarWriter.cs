using System.Globalization;
using System.Text;

namespace HelpdeskMail.Mail.Calendar;

/// <summary>An event as iCalendar text (RFC 5545), line ends CRLF.</summary>
internal static class CalendarWriter
{
    private const int Width = 75; // octets, §3.1

    /// <param name="stamp">UTC; when it was written (§3.8.7.2).</param>
    internal static string Write(string method, CalendarEvent e, DateTime? stamp)
    {
        var b = new StringBuilder();
        Line(b, "BEGIN:VCALENDAR");
        Line(b, "PRODID:-//HelpdeskMail//winmail.dat//EN");
        Line(b, "VERSION:2.0");
        Line(b, "METHOD:" + method.ToUpperInvariant());
        Line(b, "BEGIN:VEVENT");
        Text(b, "UID", e.Uid.Length > 0 ? e.Uid : null);
        Line(b, string.Create(CultureInfo.InvariantCulture, $"SEQUENCE:{e.Sequence}"));
        if (stamp is { } written) Line(b, "DTSTAMP:" + written.ToString(Utc, CultureInfo.InvariantCulture));
        Time(b, "DTSTART", e.Start);
        Time(b, "DTEND", e.End);
        if (e.Rule is { } rule) Line(b, "RRULE:" + rule);
        Text(b, "SUMMARY", e.Summary);
        Text(b, "LOCATION", e.Location);
        Text(b, "DESCRIPTION", e.Description);
        if (e.Status is { } status) Line(b, "STATUS:" + status.ToUpperInvariant());
        if (e.Organizer is { } organizer) Line(b, "ORGANIZER" + Name(e.OrganizerName) + ":mailto:" + Clean(organizer));
        foreach (var guest in e.Attendees)
            Line(b, "ATTENDEE" + Name(guest.Name) + (guest.Participation is { } answer ? ";PARTSTAT=" + answer.ToUpperInvariant() : "") + ":mailto:" + Clean(guest.Address));
        Line(b, "END:VEVENT");
        Line(b, "END:VCALENDAR");
        return b.ToString();
    }

    private const string Utc = "yyyyMMdd'T'HHmmss'Z'";

    private static void Time(StringBuilder b, string name, CalendarTime? time)
    {
        if (time is null) return;
        if (time.IsDate) Line(b, name + ";VALUE=DATE:" + time.Value.ToString("yyyyMMdd", CultureInfo.InvariantCulture));
        else if (time.IsUtc) Line(b, name + ":" + time.Value.ToString(Utc, CultureInfo.InvariantCulture));
        else Line(b, name + (time.TimeZone is { } zone ? ";TZID=" + zone : "") + ":" + time.Value.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture));
    }

    // §3.3.11
    private static void Text(StringBuilder b, string name, string? text)
    {
        if (text is null) return;
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal)
            .Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        Line(b, name + ":" + Clean(escaped));
    }

    private static string Name(string? name) => Clean(name ?? "").Replace("\"", "'", StringComparison.Ordinal) is { Length: > 0 } clean ? ";CN=\"" + clean + "\"" : "";

    // No control character stands in a line but TAB (§3.1).
    private static string Clean(string text) => text.Any(c => char.IsControl(c) && c != '\t') ? string.Concat(text.Select(c => char.IsControl(c) && c != '\t' ? ' ' : c)) : text;

    private static void Line(StringBuilder b, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > Width)
            {
                b.Append("\r\n ");
                octets = 1;
            }
            b.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }
        b.Append("\r\n");
    }
}
