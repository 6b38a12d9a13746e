using System.Globalization;
using Bunit;
using HelpdeskMail.App.Components.Pages.Tickets;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Core.Tickets.Contents;
using HelpdeskMail.Mail.Calendar;
using HelpdeskMail.Mail.Mime;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.Tickets;

public sealed class MessageCardTests
{
    private static readonly CalendarEvent Meeting = new(
        "1@example.org", 0, "Umzug", "Bring boxes", "Raum 3, https://meet.example.org/3", Utc(8), Utc(10), null, "anna@example.org",
        [new("support@helpdesk.test", "Support", "needs-action"), new("bob@b.example", null, "accepted")], false, "Anna Lead");

    [Fact]
    public async Task An_invitation_shows_what_when_where_and_who()
    {
        await using var test = await PageTest.StartAsync();
        var card = Card(test, MessageContent.Empty with { Invitations = [new("request", Meeting, 2)] });

        Assert.Equal(("Umzug", "Invitation"), (card.Find(".meeting-title").TextContent, card.Find(".meeting .tag").TextContent));
        Assert.Equal([("2026-07-20T08:00:00Z", "moment"), ("2026-07-20T10:00:00Z", "clock")], card.FindAll(".meeting time").Select(time => (time.GetAttribute("datetime"), time.GetAttribute("data-local"))));
        Assert.Equal("https://meet.example.org/3", card.Find(".meeting dd a").GetAttribute("href"));
        Assert.Contains("Anna Lead <anna@example.org>", card.Find(".meeting").TextContent, StringComparison.Ordinal);
        Assert.Contains("Support <support@helpdesk.test>, bob@b.example (accepted)", card.Find(".meeting").TextContent, StringComparison.Ordinal);
        Assert.Equal("/messages/7/attachments/2", card.Find(".meeting > p a").GetAttribute("href"));
        Assert.Empty(card.FindAll(".message-body .muted")); // nobody misses the text
    }

    [Theory]
    [InlineData("cancel", null, "Cancelled")]
    [InlineData("counter", null, "Another time is proposed")]
    [InlineData(null, null, "Meeting")]
    [InlineData("x-strange", null, "Meeting")]
    [InlineData("reply", "accepted", "Bob accepts")]
    [InlineData("reply", "declined", "Bob declines")]
    [InlineData("reply", "tentative", "Bob may come")]
    [InlineData("reply", "needs-action", "Bob has not decided")]
    public async Task A_meeting_says_what_it_is_about(string? method, string? answer, string words)
    {
        await using var test = await PageTest.StartAsync();
        var meeting = Meeting with { Attendees = [new("bob@b.example", "Bob", answer)] };
        Assert.Equal(words, Card(test, MessageContent.Empty with { Invitations = [new(method, meeting, null)] }).Find(".meeting .tag").TextContent);
    }

    [Theory]
    [InlineData("FREQ=WEEKLY;BYDAY=MO", "every week")]
    [InlineData("FREQ=DAILY;INTERVAL=3;COUNT=5", "every 3 days, 5 times")]
    [InlineData("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=3", "every year")]
    [InlineData("FREQ=WEEKLY;UNTIL=20261231T220000Z", "every week, until ")]
    [InlineData(null, "yes")]
    [InlineData("FREQ=SECONDLY;;=;INTERVAL=99999999999", "yes")]
    public async Task A_series_says_how_it_repeats(string? rule, string words)
    {
        await using var test = await PageTest.StartAsync();
        Assert.Contains(words, Card(test, MessageContent.Empty with { Invitations = [new("request", Meeting with { Recurs = true, Rule = rule }, null)] }).Find(".meeting").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whole_days_and_times_of_unknown_zones_are_not_moved()
    {
        await using var test = await PageTest.StartAsync();
        var days = Meeting with { Start = new(new DateTime(2026, 7, 20), false, null, true), End = new(new DateTime(2026, 7, 22), false, null, true) };
        var elsewhere = Meeting with { Start = new(new DateTime(2026, 7, 20, 10, 0, 0), false, "Hall of the mountain king", false), End = null };

        var card = Card(test, MessageContent.Empty with { Invitations = [new("request", days, null), new("request", elsewhere, null)] });

        Assert.Empty(card.FindAll(".meeting time"));
        Assert.Contains(new DateTime(2026, 7, 21).ToString("D", CultureInfo.CurrentCulture), card.FindAll(".meeting")[0].TextContent, StringComparison.Ordinal); // the day after is where it ends
        Assert.Contains("“Hall of the mountain king”", card.FindAll(".meeting")[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receipt_leads_to_the_mail_it_is_about()
    {
        await using var test = await PageTest.StartAsync();
        var card = Card(test, MessageContent.Empty with { Receipt = new("bob@b.example", "displayed", false, "a@helpdesk.test", null, []) }, Samples.Inbound() with { Id = 3 });

        Assert.Equal("The mail was opened in the mailbox of bob@b.example.", card.Find(".content-head strong").TextContent);
        Assert.Equal("tickets/1#message-3", card.Find(".content-note a").GetAttribute("href"));
    }

    [Theory]
    [InlineData("deleted", false, "deleted")]
    [InlineData("processed", true, "by itself")]
    [InlineData("nonsense", false, "does not say")]
    public async Task A_receipt_of_any_kind_is_put_into_words(string kind, bool byItself, string words)
    {
        await using var test = await PageTest.StartAsync();
        var card = Card(test, MessageContent.Empty with { Receipt = new("", kind, byItself, null, null, []) });
        Assert.Contains(words, card.Find(".content-note").TextContent, StringComparison.Ordinal);
        Assert.Contains("the recipient", card.Find(".content-note").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abuse", "A recipient has reported a mail of yours as spam.")]
    [InlineData("auth-failure", "A server could not make sure that a mail in your name came from you.")]
    [InlineData("opt-out-list", "A complaint about a mail of yours has come.")]
    public async Task A_complaint_is_put_into_words(string kind, string words)
    {
        await using var test = await PageTest.StartAsync();
        var card = Card(test, MessageContent.Empty with { Complaint = new(kind, "support@helpdesk.test", ["bob@isp.example"], null, null, null, null, 1, null) });
        Assert.Equal(words, card.Find(".content-head strong").TextContent);
        Assert.Contains("bob@isp.example", card.Find(".content-note dl").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_encrypted_mail_is_no_empty_one()
    {
        await using var test = await PageTest.StartAsync();
        var card = Card(test, MessageContent.Empty with { Protections = [new(ProtectionMethod.Smime, ProtectionForm.Encrypted)] });
        Assert.Equal("Encrypted with S/MIME; can’t be opened here yet", card.Find(".content-head strong").TextContent);
        Assert.Equal("/messages/7/raw?download=true", card.Find(".content-note a").GetAttribute("href"));
        Assert.Empty(card.FindAll(".message-body .muted"));
    }

    [Theory]
    [InlineData(ProtectionMethod.PgpMime)]
    [InlineData(ProtectionMethod.InlinePgp)]
    public async Task A_signature_is_said_not_to_be_verified(ProtectionMethod method)
    {
        await using var test = await PageTest.StartAsync();
        foreach (var form in Enum.GetValues<ProtectionForm>())
        {
            var note = Card(test, MessageContent.Empty with { Protections = [new(method, form)] }).Find(".content-note");
            Assert.DoesNotContain("Protection", note.TextContent, StringComparison.Ordinal); // a key without a text
            Assert.Contains("PGP", note.TextContent, StringComparison.Ordinal);
        }
        Assert.Contains("not verified yet", Card(test, MessageContent.Empty with { Protections = [new(method, ProtectionForm.ClearSigned)] }).Find(".content-note").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ada", "Support", true)]
    [InlineData("Ada", "Ada", false)] // a note is hers by its sender
    [InlineData(null, "Support", false)]
    public async Task An_answer_says_who_wrote_it(string? author, string from, bool said)
    {
        await using var test = await PageTest.StartAsync();
        var message = Samples.Inbound("x") with { Direction = MessageDirection.Outbound, Author = author, From = new(from, "support@helpdesk.test") };
        var card = test.Render<MessageCard>(set => set.Add(part => part.Entry, ConversationEntry.Of(message)));
        Assert.Equal(said, card.FindAll(".message-kind").Any(part => part.TextContent == "by Ada"));
    }

    [Theory]
    [InlineData(1, 1, "An invisible picture was not loaded")]
    [InlineData(1, 0, "One thing from elsewhere")]
    [InlineData(3, 2, "3 things from elsewhere were not loaded, so the sender does not learn that you read this. Nobody would see 2 of them.")]
    public async Task What_was_not_loaded_is_counted(int blocked, int hidden, string words)
    {
        await using var test = await PageTest.StartAsync();
        Assert.Contains(words, Card(test, MessageContent.Empty with { Html = "<p>x</p>", Blocked = blocked, Hidden = hidden }).Find(".remote-bar").TextContent, StringComparison.Ordinal);
    }

    private static IRenderedComponent<MessageCard> Card(PageTest test, MessageContent content, MessageView? original = null) =>
        test.Render<MessageCard>(set => set.Add(part => part.Entry, ConversationEntry.Of(Samples.Inbound(), content)).Add(part => part.Original, original));

    private static CalendarTime Utc(int hour) => new(new DateTime(2026, 7, 20, hour, 0, 0), true, null, false);
}
