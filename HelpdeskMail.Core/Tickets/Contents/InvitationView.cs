using HelpdeskMail.Mail.Calendar;

namespace HelpdeskMail.Core.Tickets.Contents;

/// <summary>A meeting in a mail.</summary>
/// <param name="Method">request, cancel, reply, publish, counter … in lower case (RFC 5546 §1.4); null where the object says none.</param>
/// <param name="File">Index of the attachment that holds the object; null where no attachment does.</param>
public sealed record InvitationView(string? Method, CalendarEvent Event, int? File)
{
    /// <summary>Whatever the method: the meeting is off.</summary>
    public bool IsCancelled => Method == "cancel" || Event.Status == "cancelled";

    /// <summary>Whose answer a reply is: it lists only that person (RFC 5546 §3.2.3).</summary>
    public CalendarAttendee? Answer => Method is "reply" or "counter" or "refresh" && Event.Attendees is [var guest, ..] ? guest : null;
}
