namespace HelpdeskMail.Mail.Calendar;

/// <summary>A DATE or DATE-TIME value (RFC 5545 §3.3.4, §3.3.5).</summary>
/// <param name="Value">As written: UTC, or the time in <paramref name="TimeZone"/>, or "floating".</param>
/// <param name="IsUtc">It ended in "Z".</param>
/// <param name="TimeZone">TZID as the sender calls it; null where none is given.</param>
/// <param name="IsDate">A whole day.</param>
/// <param name="Offset">From UTC, by the object's own definition of a zone that this system doesn't know (§3.6.5).</param>
public sealed record CalendarTime(DateTime Value, bool IsUtc, string? TimeZone, bool IsDate, TimeSpan? Offset = null)
{
    /// <summary>The instant, where it is known: UTC, a zone this system knows by its IANA or Windows name, or one that the object defines. Null for whole days and floating times.</summary>
    public DateTimeOffset? Instant
    {
        get
        {
            if (IsDate || Value.Year is < 2 or > 9998) return null;
            if (IsUtc) return new DateTimeOffset(DateTime.SpecifyKind(Value, DateTimeKind.Unspecified), TimeSpan.Zero);
            if (TimeZone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone)) return new DateTimeOffset(Value, zone.GetUtcOffset(Value));
            return Offset is { } offset ? new DateTimeOffset(Value, offset) : null;
        }
    }
}
