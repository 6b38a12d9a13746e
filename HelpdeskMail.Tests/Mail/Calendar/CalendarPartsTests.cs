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

    [Theory]
    [InlineData("20260720T100000", "2026-07-20T10:00:00+02:00")]
    [InlineData("20261220T100000", "2026-12-20T10:00:00+01:00")]
    [InlineData("20260115T100000", "2026-01-15T10:00:00+01:00")] // since October of the year before
    [InlineData("20260329T030000", "2026-03-29T03:00:00+02:00")] // the first hour of summer
    [InlineData("19690101T100000", "1969-01-01T10:00:00+01:00")] // before the zone begins
    [InlineData("00010101T000000", null)]
    public void ZoneThatTheObjectDefines_IsTakenAtItsWord(string start, string? expected)
    {
        var time = CalendarParts.Read(RawMail.Parse($"""
            Content-Type: text/calendar

            BEGIN:VCALENDAR
            BEGIN:VTIMEZONE
            TZID:Customized Time Zone
            BEGIN:STANDARD
            DTSTART:19710101T030000
            TZOFFSETFROM:+0200
            TZOFFSETTO:+0100
            RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
            END:STANDARD
            BEGIN:DAYLIGHT
            DTSTART:19700101T020000
            TZOFFSETFROM:+0100
            TZOFFSETTO:+0200
            RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=SU;BYMONTHDAY=25,26,27,28,29,30,31
            END:DAYLIGHT
            END:VTIMEZONE
            BEGIN:VEVENT
            DTSTART;TZID="Customized Time Zone":{start}
            END:VEVENT
            """))[0].Events[0].Start!;
        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), time.Instant);
        if (expected is not null) Assert.Equal("Customized Time Zone", time.TimeZone);
    }

    [Theory]
    [InlineData("TZOFFSETTO:+9900")]
    [InlineData("TZOFFSETTO:x")]
    [InlineData("RRULE:FREQ=YEARLY;BYDAY=9XX;BYMONTH=77;UNTIL=0000\nTZOFFSETTO:+0100\nDTSTART:00010101T000000")]
    public void ZoneDefinedInNonsense_DoesNoHarm(string lines) =>
        Assert.NotNull(CalendarParts.Read(RawMail.Parse("Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\n" + lines + "\nEND:STANDARD\nBEGIN:VEVENT\nDTSTART;TZID=X:00020101T000000\nEND:VEVENT\n"))[0].Events[0].Start);
}
