using System.Globalization;

namespace HelpdeskMail.Mail.Calendar;

/// <summary>A rule of repetition as time zones have it (RFC 5545 §3.8.5.3): once a year, in a month, on a day or a day of the week.</summary>
internal sealed class CalendarYearlyRule
{
    private static readonly string[] Names = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    private int? _month;
    private int[] _days = [];
    private int? _nth;
    private DayOfWeek? _weekday;

    internal int LastYear { get; private set; } = 9998;

    internal static CalendarYearlyRule? Parse(string rule)
    {
        var found = new CalendarYearlyRule();
        var yearly = false;
        foreach (var part in rule.Split(';'))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0) continue;
            var value = part[(equals + 1)..].Trim().ToUpperInvariant();
            switch (part[..equals].Trim().ToUpperInvariant())
            {
                case "FREQ":
                    yearly = value == "YEARLY";
                    break;
                case "BYMONTH":
                    found._month = Number(value) is >= 1 and <= 12 and var month ? month : null;
                    break;
                case "BYMONTHDAY":
                    found._days = [.. value.Split(',').Select(Number).OfType<int>().Where(day => day is >= 1 and <= 31).Distinct()];
                    break;
                case "BYDAY" when value.Length >= 2 && Array.IndexOf(Names, value[^2..]) is >= 0 and var weekday:
                    found._weekday = (DayOfWeek)weekday;
                    found._nth = Number(value[..^2]);
                    break;
                case "UNTIL" when value.Length >= 4 && Number(value[..4]) is { } year:
                    found.LastYear = Math.Min(found.LastYear, year);
                    break;
            }
        }
        return yearly ? found : null;
    }

    /// <summary>When it happens in a year; what the rule leaves open is as at its start.</summary>
    internal DateTime? In(int year, DateTime start)
    {
        var month = _month ?? start.Month;
        var length = DateTime.DaysInMonth(year, month);
        if (_weekday is not { } weekday) return new DateTime(year, month, Math.Min(length, _days is [var only, ..] ? only : start.Day)) + start.TimeOfDay;
        List<int> days = [.. Enumerable.Range(1, length).Where(day => new DateTime(year, month, day).DayOfWeek == weekday && (_days.Length == 0 || _days.Contains(day)))];
        var index = _nth is < 0 ? days.Count + _nth.Value : (_nth ?? 1) - 1;
        return index >= 0 && index < days.Count ? new DateTime(year, month, days[index]) + start.TimeOfDay : null;
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
