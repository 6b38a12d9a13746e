namespace HelpdeskMail.Mail.Calendar;

/// <summary>A DATE or DATE-TIME value (RFC 5545 §3.3.4, §3.3.5).</summary>
/// <param name="Value">As written: UTC, or the time in <paramref name="TimeZone"/>, or "floating".</param>
/// <param name="IsUtc">It ended in "Z".</param>
/// <param name="TimeZone">TZID as the sender calls it; null where none is given.</param>
/// <param name="IsDate">A whole day.</param>
public sealed record CalendarTime(DateTime Value, bool IsUtc, string? TimeZone, bool IsDate)
{
    /// <summary>The instant, where it is known: UTC, or a zone this system knows by its IANA or Windows name. Null for whole days and floating times.</summary>
    public DateTimeOffset? Instant
    {
        get
        {
            if (IsDate) return null;
            if (IsUtc) return new DateTimeOffset(Value, TimeSpan.Zero);
            return TimeZone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) ? new DateTimeOffset(Value, zone.GetUtcOffset(Value)) : null;
        }
    }
}
