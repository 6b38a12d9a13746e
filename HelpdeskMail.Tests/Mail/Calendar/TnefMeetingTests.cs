using FsCheck;
using FsCheck.Fluent;
using HelpdeskMail.Mail.Calendar;
using HelpdeskMail.Mail.Mime;
using HelpdeskMail.Tests.Mail.Mime;
using Xunit;

namespace HelpdeskMail.Tests.Mail.Calendar;

public sealed class TnefMeetingTests
{
    private const string Head = """
        From: Anna Lead <anna@example.org>
        To: Help <help@helpdesk.test>, bob@example.org
        Date: Mon, 20 Jul 2026 08:00:00 +0200
        Subject: Umzug; zweiter Teil
        Content-Type: application/ms-tnef; name=winmail.dat


        """;

    private static readonly DateTime Ten = new(2026, 7, 20, 8, 0, 0, DateTimeKind.Utc);
    private static readonly object Start = (TnefStream.Appointment, 0x820D);
    private static readonly object End = (TnefStream.Appointment, 0x820E);
    private static readonly object Clean = (TnefStream.Meeting, 0x23);

    private static byte[] Id(params byte[] data) =>
        [.. Convert.FromHexString("040000008200E00074C5B7101A82E00800000000A048DAF17405D9010000000000000000"), .. BitConverter.GetBytes(data.Length), .. data];

    [Fact]
    public void RequestInWinmail_IsAnInvitationLikeAnyOther()
    {
        var mail = Mail(new TnefStream().Class("IPM.Microsoft Schedule.MtgReq").Properties(
            (Start, Ten), (End, Ten.AddMinutes(90)), ((TnefStream.Appointment, 0x8208), "Raum 3, hinten"), ((TnefStream.Appointment, 0x8201), 2),
            (Clean, Id(1, 2)), (0x0E1D, "Umzug; zweiter Teil"), (0x5D02, "anna@example.org"), (0x0042, "Anna: Lead")).Recipients(
            [(0x0C15, 1), (0x3001, "Help"), (0x39FE, "help@helpdesk.test")],
            [(0x0C15, 2), (0x3003, "bob@example.org"), (0x5FFF, 3)],
            [(0x0C15, 3), (0x39FE, "raum3@example.org")]));
        var part = Assert.Single(CalendarParts.Read(mail));
        Assert.Equal("request", part.Method);
        var e = Assert.Single(part.Events);
        Assert.Equal(("040000008200E00074C5B7101A82E00800000000A048DAF17405D9010000000000000000020000000102", 2, "Umzug; zweiter Teil", "Raum 3, hinten"), (e.Uid, e.Sequence, e.Summary, e.Location));
        Assert.Equal((new DateTimeOffset(Ten), new DateTimeOffset(Ten.AddMinutes(90))), (e.Start!.Instant!.Value, e.End!.Instant!.Value));
        Assert.Equal(("anna@example.org", "Anna: Lead", false, null), (e.Organizer, e.OrganizerName, e.Recurs, e.Status));
        Assert.Equal([new CalendarAttendee("help@helpdesk.test", "Help", null), new CalendarAttendee("bob@example.org", null, "accepted")], e.Attendees);
    }

    [Fact]
    public void Meeting_IsAFileToDownload_BehindTheOthers()
    {
        var mail = Mail(new TnefStream().Class("IPM.Schedule.Meeting.Request").Properties((Start, Ten), (0x1000, "Text der Einladung"))
            .Attribute(0x00069002, [1, 0], 2).Attribute(0x00018010, "plan.txt\0"u8.ToArray(), 2).Attribute(0x0006800F, "Plan"u8.ToArray(), 2));
        Assert.Equal(["plan.txt", "meeting.ics"], mail.Attachments.Select(a => a.FileName));
        Assert.Equal("Text der Einladung", mail.Text);
        var file = mail.FindPart(mail.Attachments[1].Path)!;
        Assert.StartsWith("BEGIN:VCALENDAR\nPRODID:", file.DecodeText(), StringComparison.Ordinal);
        Assert.Contains("DTSTAMP:20260720T060000Z\n", file.DecodeText(), StringComparison.Ordinal);
        Assert.Equal([new CalendarAttendee("help@helpdesk.test", "Help", null), new CalendarAttendee("bob@example.org", null, null)], CalendarParts.Read(mail)[0].Events[0].Attendees); // of the mail, for want of others
    }

    [Theory]
    [InlineData("IPM.Schedule.Meeting.Resp.Pos", "reply", "accepted")]
    [InlineData("IPM.Schedule.Meeting.Resp.Neg", "reply", "declined")]
    [InlineData("IPM.Microsoft Schedule.MtgRespA", "reply", "tentative")]
    public void Answer_IsItsSenders(string kind, string method, string answer)
    {
        var part = Assert.Single(CalendarParts.Read(Mail(new TnefStream().Class(kind).Properties((Start, Ten), (Clean, Id([.. "vCal-Uid"u8, 1, 0, 0, 0, .. "7@example.org\0"u8]))))));
        Assert.Equal(method, part.Method);
        Assert.Equal("7@example.org", part.Events[0].Uid);
        Assert.Equal([new CalendarAttendee("anna@example.org", "Anna Lead", answer)], part.Events[0].Attendees);
        Assert.Equal("help@helpdesk.test", part.Events[0].Organizer);
    }

    [Fact]
    public void AnswerWithAnotherTime_IsACounterProposal()
    {
        var part = Assert.Single(CalendarParts.Read(Mail(new TnefStream().Class("IPM.Schedule.Meeting.Resp.Tent").Properties(
            (Start, Ten), ((TnefStream.Appointment, 0x8257), true), ((TnefStream.Appointment, 0x8250), Ten.AddDays(1)), ((TnefStream.Appointment, 0x8251), Ten.AddDays(1).AddHours(1))))));
        Assert.Equal(("counter", Ten.AddDays(1)), (part.Method, part.Events[0].Start!.Value));
    }

    [Theory]
    [InlineData("IPM.Schedule.Meeting.Canceled", 0, "cancel")]
    [InlineData("IPM.Appointment", 7, "publish")]
    public void Cancellation_IsOne(string kind, int state, string method)
    {
        var part = Assert.Single(CalendarParts.Read(Mail(new TnefStream().Class(kind).Properties((Start, Ten), ((TnefStream.Appointment, 0x8217), state)))));
        Assert.Equal((method, "cancelled"), (part.Method, part.Events[0].Status));
    }

    [Theory]
    [InlineData("W. Europe Standard Time", "2026-07-19T22:00:00Z", "2026-07-20")]
    [InlineData("Pacific Standard Time", "2026-07-20T07:00:00Z", "2026-07-20")]
    [InlineData(null, "2026-07-19T22:00:00Z", "2026-07-20")]
    [InlineData(null, "2026-07-20T07:00:00Z", "2026-07-20")]
    public void WholeDay_IsTheDayWhereTheOrganiserIs(string? zone, string midnight, string day)
    {
        var start = DateTimeOffset.Parse(midnight, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime;
        var e = CalendarParts.Read(Mail(new TnefStream().Class("IPM.Schedule.Meeting.Request").Properties(
            (Start, start), (End, start.AddDays(1)), ((TnefStream.Appointment, 0x8215), true), ((TnefStream.Appointment, 0x825E), zone is null ? [] : TnefStream.Zone(zone)))))[0].Events[0];
        Assert.True(e.Start!.IsDate && e.End!.IsDate);
        Assert.Equal((day, 1), (e.Start.Value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), (e.End!.Value - e.Start.Value).Days));
    }

    [Theory]
    [InlineData("043004300B20010000000000000001000000000000002A000000222000000A00000000000000", "FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=10")]
    [InlineData("043004300A2000000000000000008016000000000000232000000A00000000000000", "FREQ=DAILY;INTERVAL=4")]
    [InlineData("043004300C200300000000000000010000000000000004000000050000002320000000000000", "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=-1")]
    [InlineData("043004300D2002000000000000000C000000000000001F0000002320000000000000", "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=-1")]
    [InlineData("0430", null)]
    public void Series_KeepsItsRuleAndZone(string pattern, string? rule)
    {
        var e = CalendarParts.Read(Mail(new TnefStream().Class("IPM.Schedule.Meeting.Request").Properties(
            (Start, Ten), ((TnefStream.Appointment, 0x8216), Convert.FromHexString(pattern)), ((TnefStream.Appointment, 0x825E), TnefStream.Zone("W. Europe Standard Time")))))[0].Events[0];
        if (rule is null)
        {
            Assert.Equal(Ten, e.Start!.Value);
            return;
        }
        Assert.Equal((rule, true), (e.Rule, e.Recurs));
        Assert.Equal(("Europe/Berlin", new DateTimeOffset(Ten)), (e.Start!.TimeZone, e.Start.Instant!.Value.ToUniversalTime()));
    }

    [Fact]
    public void TextThatLooksLikeCalendarLines_StaysText()
    {
        var e = CalendarParts.Read(Mail(new TnefStream().Class("IPM.Schedule.Meeting.Request").Properties(
            (Start, Ten), (0x0E1D, "a\\n;b,c\r\nEND:VEVENT"), (0x5D02, "anna@example.org\r\nX:1"), (0x0042, "A\"B"))))[0].Events;
        Assert.Equal("a\\n;b,c\nEND:VEVENT", Assert.Single(e).Summary);
        Assert.Equal(("anna@example.org  X:1", "A'B"), (e[0].Organizer, e[0].OrganizerName));
    }

    [Fact]
    public void AnyText_OfAMeeting_ComesBack() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(AnyMail.Text.ToArbitrary(), text =>
    {
        var written = CalendarWriter.Write("request", new CalendarEvent("1", 0, text, text, null, null, null, null, null, [new CalendarAttendee("a@b", text, null)], false), null);
        var reader = new CalendarReader(written);
        reader.Read();
        var e = Assert.Single(reader.Events);
        // Control characters can't stand in a line, and halves of characters not in UTF-8.
        var expected = string.Concat(string.Concat(text.EnumerateRunes()).Replace("\r\n", "\n", StringComparison.Ordinal).Select(c => char.IsControl(c) && c is not ('\t' or '\n') ? ' ' : c));
        Assert.Equal((expected, expected), (e.Summary, e.Description));
        Assert.Equal("a@b", Assert.Single(e.Attendees).Address);
        Assert.All(written.Split("\r\n"), line => Assert.True(System.Text.Encoding.UTF8.GetByteCount(line) <= 75, line));
    }));

    [Fact]
    public void OrdinaryWinmail_IsNoMeeting() =>
        Assert.Empty(CalendarParts.Read(Mail(new TnefStream().Class("IPM.Microsoft Mail.Note").Properties((Start, Ten)))));

    [CorpusFact]
    public void AppointmentOfTheCorpus_IsRead()
    {
        var part = Assert.Single(CalendarParts.Read(Mail(MailCorpus.Read("tnef/jstedfast-MimeKit/triples.tnef"))));
        var e = Assert.Single(part.Events);
        Assert.Equal(("publish", "Sample Summary", "Sample Location", "rakhmanoff@sundance.spb.ru"), (part.Method, e.Summary, e.Location, e.Organizer));
        Assert.Equal((new DateTimeOffset(2003, 5, 23, 14, 0, 0, TimeSpan.Zero), new DateTimeOffset(2003, 5, 23, 15, 0, 0, TimeSpan.Zero)), (e.Start!.Instant!.Value, e.End!.Instant!.Value));
    }

    private static MimeMessage Mail(TnefStream tnef) => Mail(tnef.ToArray());

    private static MimeMessage Mail(byte[] tnef) => MimeMessage.Parse((byte[])[.. RawMail.Bytes(Head), .. tnef]);
}
