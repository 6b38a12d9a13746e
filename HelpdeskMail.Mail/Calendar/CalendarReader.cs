using System.Globalization;
using System.Text;

namespace HelpdeskMail.Mail.Calendar;

/// <summary>Reads iCalendar text (RFC 5545): unfolded lines, components by BEGIN and END. What can't be read is passed over.</summary>
internal sealed class CalendarReader(string text)
{
    private const int MaxEvents = 1000;
    private const int MaxAttendees = 1000;
    private const int MaxLine = 64 * 1024;
    private const int MaxZones = 50;

    private readonly List<CalendarEvent> _events = [];
    private readonly List<CalendarAttendee> _attendees = [];
    private readonly Stack<string> _open = new();
    private readonly List<CalendarZone> _zones = [];
    private CalendarEvent? _event;

    internal string? Method { get; private set; }

    internal IReadOnlyList<CalendarEvent> Events => _events;

    internal void Read()
    {
        foreach (var unfolded in Lines())
            if (CalendarLine.Parse(unfolded) is { } line) Take(line);
        Close(); // an object cut off
        if (_zones.Count == 0) return;
        for (var i = 0; i < _events.Count; i++) _events[i] = _events[i] with { Start = Placed(_events[i].Start), End = Placed(_events[i].End) };
    }

    // The object's own definition helps where the name of the zone says nothing to this system.
    private CalendarTime? Placed(CalendarTime? time) =>
        time is { TimeZone: { } name, Instant: null, IsDate: false } && _zones.Find(zone => zone.Id == name) is { } zone ? time with { Offset = zone.OffsetAt(time.Value) } : time;

    private void Take(CalendarLine line)
    {
        var component = line.Name is "BEGIN" or "END" ? line.Value.Trim().ToUpperInvariant() : "";
        switch (line.Name)
        {
            case "BEGIN":
                if (_open.Count > 20) return;
                _open.Push(component);
                if (component is "VEVENT" or "VTODO" && _events.Count < MaxEvents)
                {
                    Close();
                    _event = new CalendarEvent("", 0, null, null, null, null, null, null, null, [], false);
                }
                else if (component == "VTIMEZONE" && _zones.Count < MaxZones)
                {
                    _zones.Add(new CalendarZone());
                }
                else if (component is "STANDARD" or "DAYLIGHT" && _zones.Count > 0)
                {
                    _zones[^1].Begin();
                }
                return;
            case "END":
                if (_open.Count > 0) _open.Pop();
                if (component is "VEVENT" or "VTODO") Close();
                return;
            case "METHOD" when _event is null:
                Method ??= line.Value.Trim();
                return;
            default:
                if (!_open.TryPeek(out var inside)) return;
                if (_event is not null && inside is "VEVENT" or "VTODO") _event = With(_event, line); // not of an alarm inside
                else if (inside is "VTIMEZONE" or "STANDARD" or "DAYLIGHT" && _zones.Count > 0) _zones[^1].Take(line, inside);
                return;
        }
    }

    private CalendarEvent With(CalendarEvent e, CalendarLine line)
    {
        switch (line.Name)
        {
            case "UID": return e with { Uid = line.Text.Trim() };
            case "SEQUENCE": return int.TryParse(line.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? e with { Sequence = n } : e;
            case "SUMMARY": return e with { Summary = line.Text };
            case "DESCRIPTION": return e with { Description = line.Text };
            case "LOCATION": return e with { Location = line.Text };
            case "STATUS": return e with { Status = line.Value.Trim().ToLowerInvariant() };
            case "DTSTART": return e with { Start = Time(line) };
            case "DTEND" or "DUE": return e with { End = Time(line) };
            case "RRULE": return e with { Recurs = true, Rule = e.Rule ?? line.Value.Trim() };
            case "RDATE": return e with { Recurs = true };
            case "ORGANIZER": return e with { Organizer = Address(line.Value), OrganizerName = line.Parameters.GetValueOrDefault("CN") };
            case "ATTENDEE":
                if (_attendees.Count < MaxAttendees && Address(line.Value) is { } address) _attendees.Add(new CalendarAttendee(address, line.Parameters.GetValueOrDefault("CN"), line.Parameters.GetValueOrDefault("PARTSTAT")?.ToLowerInvariant()));
                return e;
            default: return e;
        }
    }

    private void Close()
    {
        if (_event is not null) _events.Add(_event with { Attendees = [.. _attendees] });
        _event = null;
        _attendees.Clear();
    }

    private static CalendarTime? Time(CalendarLine line)
    {
        var value = line.Value.Trim();
        var utc = value.EndsWith('Z');
        var zone = line.Parameters.GetValueOrDefault("TZID")?.TrimStart('/');
        if (DateTime.TryParseExact(value.TrimEnd('Z'), "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return new CalendarTime(time, utc, utc ? null : zone, false);
        return DateTime.TryParseExact(value, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? new CalendarTime(day, false, null, true) : null;
    }

    private static string? Address(string value)
    {
        value = value.Trim();
        if (value.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)) value = value[7..];
        return value.Contains('@', StringComparison.Ordinal) ? value : null;
    }

    // §3.1: a line that begins with a blank belongs to the one before.
    private IEnumerable<string> Lines()
    {
        var line = new StringBuilder();
        foreach (var raw in text.Split('\n'))
        {
            var physical = raw.TrimEnd('\r');
            if (physical.StartsWith(' ') || physical.StartsWith('\t'))
            {
                if (line.Length < MaxLine) line.Append(physical, 1, physical.Length - 1);
                continue;
            }
            if (line.Length > 0) yield return line.ToString();
            line.Clear().Append(physical);
        }
        if (line.Length > 0) yield return line.ToString();
    }
}
