using System.Globalization;

namespace HelpdeskMail.Mail.Calendar;

/// <summary>A time zone as the object itself defines it (RFC 5545 §3.6.5): for names that this system doesn't know.</summary>
internal sealed class CalendarZone
{
    private const int MaxObservances = 20;
    private const int MaxYears = 8; // a fifth Sunday may be missing that long
    private static readonly TimeSpan MaxOffset = TimeSpan.FromHours(14);

    private readonly List<Observance> _observances = [];

    internal string Id { get; private set; } = "";

    /// <param name="component">VTIMEZONE, STANDARD or DAYLIGHT: where the line stands.</param>
    internal void Take(CalendarLine line, string component)
    {
        if (component == "VTIMEZONE")
        {
            if (line.Name == "TZID") Id = line.Value.Trim().TrimStart('/');
            return;
        }
        if (_observances.Count == 0) return;
        var last = _observances[^1];
        switch (line.Name)
        {
            case "DTSTART" when DateTime.TryParseExact(line.Value.Trim(), "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var start):
                last.Start = start;
                break;
            case "TZOFFSETTO":
                last.To = Offset(line.Value.Trim());
                break;
            case "TZOFFSETFROM":
                last.From = Offset(line.Value.Trim());
                break;
            case "RRULE":
                last.Rule = CalendarYearlyRule.Parse(line.Value);
                break;
        }
    }

    /// <summary>STANDARD or DAYLIGHT begins.</summary>
    internal void Begin()
    {
        if (_observances.Count < MaxObservances) _observances.Add(new Observance());
    }

    /// <summary>Offset from UTC at a local time: of the observance that began last before it.</summary>
    internal TimeSpan? OffsetAt(DateTime local)
    {
        Observance? current = null;
        DateTime? since = null;
        foreach (var observance in _observances)
        {
            if (observance.To is null || observance.LastOnset(local) is not { } onset || onset < since) continue;
            (current, since) = (observance, onset);
        }
        if (current is not null) return current.To;
        var first = _observances.Where(o => o.To is not null).MinBy(o => o.Start); // the time lies before all of them
        return first?.From ?? first?.To;
    }

    // "+0100", "-033000"
    private static TimeSpan? Offset(string value)
    {
        if (value.Length < 5 || value[0] is not ('+' or '-') || !int.TryParse(value.AsSpan(1, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var hours) || !int.TryParse(value.AsSpan(3, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)) return null;
        var offset = new TimeSpan(hours, minutes, 0);
        return offset > MaxOffset ? null : value[0] == '-' ? -offset : offset;
    }

    private sealed class Observance
    {
        internal DateTime Start { get; set; }

        internal TimeSpan? From { get; set; }

        internal TimeSpan? To { get; set; }

        internal CalendarYearlyRule? Rule { get; set; }

        internal DateTime? LastOnset(DateTime local)
        {
            if (Start > local) return null;
            if (Rule is null) return Start;
            var last = Math.Min(local.Year, Rule.LastYear);
            for (var year = last; year >= Start.Year && year > last - MaxYears; year--)
                if (Rule.In(year, Start) is { } onset && onset <= local) return onset < Start ? Start : onset;
            return Start;
        }
    }
}
