namespace HelpdeskMail.Mail.Calendar;

/// <summary>Somebody invited (RFC 5545 §3.8.4.1).</summary>
/// <param name="Address">Mail address without "mailto:".</param>
/// <param name="Participation">needs-action, accepted, declined, tentative, delegated … in lower case (PARTSTAT); null where not said.</param>
public sealed record CalendarAttendee(string Address, string? Name, string? Participation);
