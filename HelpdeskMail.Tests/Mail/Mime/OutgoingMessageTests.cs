using System.Text;
using HelpdeskMail.Mail.Addresses;
using HelpdeskMail.Mail.Mime;
using Xunit;

namespace HelpdeskMail.Tests.Mail.Mime;

public sealed class OutgoingMessageTests
{
    private static readonly MailAddress Support = new("Support Zürich", "support", "helpdesk.test");

    [Fact]
    public void Message_WithEverything_ReadsBackUnchanged()
    {
        Assert.True(MessageId.TryParse("<parent@example.org>", out var parent));
        var sent = Message(m => new()
        {
            From = m.From,
            MessageId = m.MessageId,
            Date = m.Date,
            To = [new("Müller, \"Jörg\"", "joerg", "müller.example"), new(null, "b", "x.org")],
            Subject = "Ärger mit der Straße: 日本語のとても長い件名がここにあります、折り返しが必要です (Ticket #4711)",
            InReplyTo = [parent],
            References = Enumerable.Range(0, 30).Select(i => Id($"a-rather-long-identifier-{i}@mail.example.org")).ToList(),
            Text = "Grüße\n\nFrom the start \n.\n" + new string('x', 2000) + "\n",
            Html = "<p>Grüße <img src=\"cid:logo@x\"></p>",
            Attachments = [new("Übersicht für das lange Jahr zweitausendsechsundzwanzig.pdf", "application/pdf", "%PDF-1"u8.ToArray()), new("logo.png", "image/png", new byte[] { 1, 2, 3 }, "logo@x", Inline: true)],
        });
        var raw = sent.ToBytes();
        var read = MimeMessage.Parse(raw);

        Assert.Equal(sent.Subject, read.Subject);
        Assert.Equal(sent.From, read.From);
        Assert.Equal(sent.To, read.To);
        Assert.Equal(sent.MessageId, read.MessageId);
        Assert.Equal(sent.Date, read.Date);
        Assert.Equal(sent.References, read.References);
        Assert.Equal(sent.Text, read.Text);
        Assert.Equal(sent.Html, read.Html);
        Assert.Equal(["logo.png", "Übersicht für das lange Jahr zweitausendsechsundzwanzig.pdf"], read.Attachments.Select(a => a.FileName));
        Assert.Equal("logo@x", read.Attachments[0].ContentId);
        Assert.Equal("%PDF-1"u8.ToArray(), read.Attachments[1].Decode());
        Assert.Empty(read.Warnings);
        Assert.Equal(raw, sent.ToBytes());
        Assert.All(Lines(raw), l => Assert.True(l.Length <= 78, l));
        Assert.True(Ascii.IsValid(raw));
    }

    [Fact]
    public void Bcc_IsNeverWritten()
    {
        var raw = Encoding.ASCII.GetString(Message(m => new() { From = m.From, MessageId = m.MessageId, Date = m.Date, To = [new(null, "a", "x.org")], Bcc = [new(null, "secret", "x.org")], Text = "hi" }).ToBytes());
        Assert.DoesNotContain("secret", raw, StringComparison.Ordinal);
    }

    [Fact]
    public void Injection_ThroughAnyValue_StaysInsideItsField()
    {
        const string evil = "x\r\nBcc: victim@x.org\r\n\r\nbody\0\u2028";
        var sent = Message(m => new()
        {
            From = [new(evil, "a", "x.org")],
            MessageId = m.MessageId,
            Date = m.Date,
            To = [new(null, "a\r\nBcc: v", "x.org\r\nBcc: v@x.org")],
            Subject = evil,
            Text = "t",
            Attachments = [new(evil, "text/plain\r\nBcc: v@x.org", default, "id\r\nBcc: v@x.org")],
        });
        sent.AddHeader("X-Note", evil);
        var read = MimeMessage.Parse(sent.ToBytes());
        Assert.False(read.Headers.Contains("Bcc"));
        Assert.All(read.Parts, p => Assert.False(p.Headers.Contains("Bcc")));
        Assert.Equal("t", read.Text);
    }

    [Theory]
    [InlineData("Subject")]
    [InlineData("bcc")]
    [InlineData("X Y")]
    [InlineData("X:")]
    [InlineData("X\r\nBcc")]
    public void AddHeader_OwnOrImpossibleName_IsRefused(string name) =>
        Assert.Throws<ArgumentException>(() => Message(m => new() { From = m.From, MessageId = m.MessageId, Date = m.Date }).AddHeader(name, "v"));

    [Fact]
    public void EmbeddedMessage_GoesUnencodedOrAsAnOpaqueFile()
    {
        var plain = "Subject: x\r\n\r\nhi\r\n"u8.ToArray();
        var eightBit = "Subject: x\r\n\r\nh\u00e9\r\n"u8.ToArray();
        var read = MimeMessage.Parse(Message(m => new() { From = m.From, MessageId = m.MessageId, Date = m.Date, Text = "t", Attachments = [new("a.eml", "message/rfc822", plain), new("b.eml", "message/rfc822", eightBit)] }).ToBytes());
        Assert.Equal("message/rfc822", read.Attachments[0].ContentType);
        Assert.Equal("x", read.Attachments[0].EmbeddedMessage!.Subject);
        Assert.Equal("application/octet-stream", read.Attachments[1].ContentType);
        Assert.Equal(eightBit, read.Attachments[1].Decode());
    }

    [Theory]
    [InlineData("One short line.\n", false)]
    [InlineData("LONG\n", true)]
    [InlineData("LONG", true)]
    [InlineData("Grüße LONG\n> LONG\n>> > LONG\n\n LONG\nFrom LONG\n-- \nme\n", true)]
    [InlineData("On Monday you wrote:\n> LONG\n>> LONG\n", true)]
    [InlineData("> LONG\n> \n> LONG\n>> \n", true)]
    [InlineData("> short\n> \n> short\n", true)]
    [InlineData("> short\n\n> short\n", false)]
    [InlineData("> LONG\n>\n> LONG\n", true)]
    [InlineData("> Grüße\n> \n", false)]
    [InlineData("LONG\n>  \n", false)]
    [InlineData(">LONG\n", false)]
    [InlineData("blanks at the end  \nLONG\n", false)]
    public void LongLines_GoFlowedWhereAReaderGetsThemBack(string text, bool flowed)
    {
        text = text.Replace("LONG", string.Join(' ', Enumerable.Repeat("word -- of a paragraph,", 12)), StringComparison.Ordinal);
        var read = MimeMessage.Parse(Message(m => new() { From = m.From, MessageId = m.MessageId, Date = m.Date, Text = text }).ToBytes());
        Assert.Equal(flowed, read.Root.IsFlowed);
        Assert.Equal(flowed ? AnyMail.AsFlowed(text) : text, read.Text);
        if (flowed) Assert.All(Encoding.UTF8.GetString(read.Root.Decode()).Split("\r\n"), line => Assert.True(line.Length <= 78, line));
    }

    [Fact]
    public void References_BeyondAscii_AreLeftOutAndTheOthersStay()
    {
        var read = MimeMessage.Parse(Message(m => new() { From = m.From, MessageId = m.MessageId, Date = m.Date, References = [Id("a@x"), Id("ü@x"), Id("b@x")], InReplyTo = [Id("ü@x")] }).ToBytes());
        Assert.Equal(["a@x", "b@x"], read.References.Select(id => id.Value));
        Assert.False(read.Headers.Contains("In-Reply-To"));
    }

    private static OutgoingMessage Message(Func<OutgoingMessage, OutgoingMessage> with) =>
        with(new() { From = [Support], MessageId = Id("m@helpdesk.test"), Date = new DateTimeOffset(2026, 5, 17, 19, 35, 5, TimeSpan.FromHours(2)) });

    private static MessageId Id(string value)
    {
        Assert.True(MessageId.TryParse(value, out var id));
        return id;
    }

    private static string[] Lines(byte[] raw) => Encoding.ASCII.GetString(raw).Split("\r\n");
}
