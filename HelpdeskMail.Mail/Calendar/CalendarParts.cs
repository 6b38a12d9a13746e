using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Mail.Calendar;

/// <summary>Finds the calendar objects of a mail: text/calendar, and files called .ics whatever their type.</summary>
public static class CalendarParts
{
    /// <summary>In the order of the parts. The same object often comes twice, as an alternative and as a file.</summary>
    public static IReadOnlyList<CalendarPart> Read(MimeMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var found = new List<CalendarPart>();
        foreach (var part in message.Parts)
        {
            if (!IsCalendar(part)) continue;
            var reader = new CalendarReader(part.DecodeText());
            reader.Read();
            // RFC 6047 §2.4: the parameter and the property shall agree; the object is what programs act on.
            found.Add(new CalendarPart(part, (reader.Method ?? part.Type["method"])?.ToLowerInvariant(), reader.Events));
        }
        return found;
    }

    private static bool IsCalendar(MimePart part) =>
        part.ContentType is "text/calendar" or "application/ics" or "text/x-vcalendar"
        || (part.FileName?.EndsWith(".ics", StringComparison.OrdinalIgnoreCase) == true && part.ContentType is "application/octet-stream" or "text/plain");
}
