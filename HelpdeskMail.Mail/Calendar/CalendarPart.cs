using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Mail.Calendar;

/// <summary>A calendar object in a mail (RFC 6047 §2).</summary>
/// <param name="Method">request, reply, cancel, publish, counter … in lower case (RFC 5546 §1.4); null where the object says none.</param>
/// <param name="Events">Its events and tasks; empty where none can be read.</param>
public sealed record CalendarPart(MimePart Part, string? Method, IReadOnlyList<CalendarEvent> Events);
