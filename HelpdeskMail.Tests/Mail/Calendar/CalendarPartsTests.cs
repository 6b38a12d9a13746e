using HelpdeskMail.Mail.Calendar;
using HelpdeskMail.Tests.Mail.Mime;
using Xunit;

namespace HelpdeskMail.Tests.Mail.Calendar;

public sealed class CalendarPartsTests
{
    [Fact]
    public void Invitation_GivesMethodTimePlaceAndPeople()
    {
        var part = Assert.Single(CalendarParts.Read(RawMail.Parse("""
            From: anna@example.org
            Content-Type: text/calendar; method=REQUEST; charset=utf-8

            BEGIN:VCALENDAR
            METHOD:REQUEST
            BEGIN:VTIMEZONE
            TZID:Europe/Berlin
            BEGIN:DAYLIGHT
            DTSTART:19810329T020000
            END:DAYLIGHT
            END:VTIMEZONE
            BEGIN:VEVENT
            UID:1@example.org
            SEQUENCE:2
            DTSTART;TZID=Europe/Berlin:20260720T100000
            DTEND;TZID="Europe/Berlin":20260720T113000
            SUMMARY:Umzug\, zweiter
              Teil
            DESCRIPTION:Erste Zeile\nzweite
            LOCATION:Raum 3
            STATUS:CONFIRMED
            ORGANIZER;CN="Anna: Lead":mailto:anna@example.org
            ATTENDEE;PARTSTAT=NEEDS-ACTION;CN=Help:MAILTO:help@helpdesk.test
            ATTENDEE;PARTSTAT=ACCEPTED:mailto:bob@example.org
            RRULE:FREQ=WEEKLY
            BEGIN:VALARM
            DESCRIPTION:Reminder
            END:VALARM
            END:VEVENT
            END:VCALENDAR
            """)));
        Assert.Equal("request", part.Method);
        var e = Assert.Single(part.Events);
        Assert.Equal(("1@example.org", 2, "Umzug, zweiter Teil", "Erste Zeile\nzweite", "Raum 3"), (e.Uid, e.Sequence, e.Summary, e.Description, e.Location));
        Assert.Equal(new DateTimeOffset(2026, 7, 20, 10, 0, 0, TimeSpan.FromHours(2)), e.Start!.Instant);
        Assert.Equal("Europe/Berlin", e.End!.TimeZone);
        Assert.Equal(("confirmed", "anna@example.org", true), (e.Status, e.Organizer, e.Recurs));
        Assert.Equal([new CalendarAttendee("help@helpdesk.test", "Help", "needs-action"), new CalendarAttendee("bob@example.org", null, "accepted")], e.Attendees);
    }

    [Theory]
    [InlineData("DTSTART:20260720T100000Z", "2026-07-20T10:00:00+00:00")]
    [InlineData("DTSTART;VALUE=DATE:20260720", null)] // a day has no instant
    [InlineData("DTSTART:20260720T100000", null)] // floating
    [InlineData("DTSTART;TZID=Nowhere:20260720T100000", null)]
    public void Start_IsAnInstantOnlyWhereItIsKnown(string line, string? expected)
    {
        var start = CalendarParts.Read(RawMail.Parse("Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\n" + line + "\nEND:VEVENT\n"))[0].Events[0].Start!;
        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), start.Instant);
        Assert.Equal(new DateTime(2026, 7, 20), start.Value.Date);
    }

    [Fact]
    public void FileCalledIcs_CountsWhateverItsType()
    {
        var part = Assert.Single(CalendarParts.Read(RawMail.Parse("Content-Type: application/octet-stream; name=Invite.ICS\n\nBEGIN:VCALENDAR\nMETHOD:CANCEL\nBEGIN:VEVENT\nUID:7\n"))); // cut off
        Assert.Equal("cancel", part.Method);
        Assert.Equal("7", part.Events[0].Uid);
    }

    [Fact]
    public void MethodOnlyInTheType_Counts() =>
        Assert.Equal("reply", CalendarParts.Read(RawMail.Parse("Content-Type: text/calendar; method=\"REPLY\"\n\nno calendar\n"))[0].Method);
}
