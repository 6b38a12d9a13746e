namespace HelpdeskMail.Mail.Calendar;

/// <summary>A meeting or a task (RFC 5545 §3.6.1, §3.6.2), with what a person wants to see of it.</summary>
/// <param name="Uid">Names it across updates and answers (RFC 5546 §2.1.5); "" where missing.</param>
/// <param name="Sequence">Grows with every change by its organiser.</param>
/// <param name="Organizer">Mail address; null where there is none.</param>
/// <param name="Attendees">Mail addresses with their answers.</param>
/// <param name="Recurs">It has a rule of repetition (RRULE) or further dates.</param>
/// <param name="OrganizerName">As the sender calls the organiser.</param>
/// <param name="Rule">The rule of repetition as written (§3.3.10).</param>
public sealed record CalendarEvent(
    string Uid,
    int Sequence,
    string? Summary,
    string? Description,
    string? Location,
    CalendarTime? Start,
    CalendarTime? End,
    string? Status,
    string? Organizer,
    IReadOnlyList<CalendarAttendee> Attendees,
    bool Recurs,
    string? OrganizerName = null,
    string? Rule = null);
