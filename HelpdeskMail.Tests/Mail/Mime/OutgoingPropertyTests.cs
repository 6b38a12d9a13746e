using System.Text;
using FsCheck;
using FsCheck.Fluent;
using HelpdeskMail.Mail.Addresses;
using HelpdeskMail.Mail.Mime;
using Xunit;

namespace HelpdeskMail.Tests.Mail.Mime;

/// <summary>Anything an <see cref="OutgoingMessage"/> can hold, written and read back.</summary>
public sealed class OutgoingPropertyTests
{
    private const int MaxLine = 998; // RFC 5322 §2.1.1
    private const int Tries = 200;

    [Fact]
    public void AnyMessage_IsReadBackUnchanged() => Holds(AnyMail.Message, ReadsBack);

    [Fact]
    public void AnyTextWithQuotations_IsReadBackUnchanged() => Holds(AnyMail.Quoting, text =>
    {
        var sent = new OutgoingMessage { From = [new MailAddress(null, "a", "example.org")], MessageId = MessageId.TryParse("a@b", out var id) ? id : default, Date = default, Text = text };
        var read = MimeMessage.Parse(sent.ToBytes());
        Assert.Equal(read.Root.IsFlowed ? AnyMail.AsFlowed(text) : text, read.Text);
    });

    [Fact]
    public void AnyMessageWithUtf8Addresses_IsReadBackUnchanged() => Holds(AnyMail.InternationalMessage, ReadsBack);

    [Fact]
    public void AnyMessage_IsSevenBitInLinesOf998()
    {
        Holds(AnyMail.Message, sent =>
        {
            var raw = sent.ToBytes();
            Assert.True(raw.All(b => b is (>= 32 and < 127) or (byte)'\t' or (byte)'\r' or (byte)'\n'));
            var text = Encoding.ASCII.GetString(raw);
            Assert.All(text.Split("\r\n"), line => Assert.True(line.Length <= MaxLine && line.AsSpan().IndexOfAny('\r', '\n') < 0, line));
        });
    }

    [Fact]
    public void AnyValue_BeginsNoFieldOfItsOwn()
    {
        string[] ours = ["Date", "From", "Reply-To", "To", "Message-ID", "References", "Subject", "X-Note", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "Content-ID"];
        Holds(AnyMail.Message, sent =>
        {
            var read = MimeMessage.Parse(sent.ToBytes());
            Assert.All(read.Headers.Concat(read.Parts.SelectMany(p => p.Headers)), h => Assert.Contains(h.Name, ours));
            Assert.Equal(read.Headers.Count, read.Headers.Select(h => h.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        });
    }

    [Fact]
    public void AnyMessage_WithLfOnly_ReadsTheSame()
    {
        Holds(AnyMail.Message, sent =>
        {
            var raw = sent.ToBytes();
            var (crlf, lf) = (MimeMessage.Parse(raw), MimeMessage.Parse(raw.Where(b => b != '\r').ToArray()));
            Assert.Equal(crlf.Subject, lf.Subject);
            Assert.Equal(crlf.To, lf.To);
            Assert.Equal(crlf.Text, lf.Text);
            Assert.Equal(crlf.Html, lf.Html);
            Assert.Equal(crlf.Parts.Select(p => (p.Path, p.ContentType, p.FileName)), lf.Parts.Select(p => (p.Path, p.ContentType, p.FileName)));
        });
    }

    [Fact]
    public void AnyText_AsEncodedWords_ComesBack() =>
        Holds(AnyMail.Text.Select(HeaderWriter.Clean), text =>
        {
            var words = EncodedWordWriter.Words(text.Trim(), 9);
            Assert.Equal(text.Trim(), EncodedWords.Decode(string.Join(' ', words)));
            Assert.All(words.Where(w => w.StartsWith("=?", StringComparison.Ordinal)), w => Assert.True(w.Length <= 75, w)); // RFC 2047 §2
        });

    [Fact]
    public void AnyText_AsParameter_ComesBack() =>
        Holds(AnyMail.Text.Select(HeaderWriter.Clean), text =>
        {
            var field = new StringBuilder("attachment");
            ParameterWriter.Append(field, "filename", text);
            Assert.Equal(text, ParameterList.Parse(Encoding.ASCII.GetBytes(field.ToString()))["filename"]);
        });

    private static void ReadsBack(OutgoingMessage sent)
    {
        var read = MimeMessage.Parse(sent.ToBytes());
        Assert.Equal(OneLine(sent.Subject), read.Subject);
        Assert.Equal(sent.From.Select(OneLine), read.From);
        Assert.Equal(sent.To.Select(OneLine), read.To);
        Assert.Equal(sent.ReplyTo.Select(OneLine), read.ReplyTo);
        Assert.Equal(sent.MessageId, read.MessageId);
        Assert.Equal(sent.References, read.References);
        Assert.Equal(sent.Date, read.Date);
        Assert.Equal(sent.Date.Offset, read.Date!.Value.Offset);
        Assert.Equal(OneLine(sent.ExtraHeaders[0].Value), read.Headers["X-Note"]);
        var text = Lines(sent.Text ?? (sent.Html is null ? "" : null));
        var flowed = read.Parts.Any(p => p is { IsFlowed: true, Disposition: null });
        Assert.Equal(flowed ? AnyMail.AsFlowed(text!) : text, read.Text);
        Assert.Equal(Lines(sent.Html), read.Html);
        Assert.Empty(read.Warnings);
        var files = sent.Attachments.ToList();
        foreach (var part in read.Parts.Where(p => p.Disposition is not null))
        {
            var i = files.FindIndex(f => f.Content.Span.SequenceEqual(part.Decode()) && FileName(f.Name) == part.FileName && f.ContentId == part.ContentId);
            Assert.True(i >= 0, part.FileName);
            files.RemoveAt(i);
        }
        Assert.Empty(files);
    }

    private static void Holds<T>(Gen<T> gen, Action<T> property) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(Tries), Prop.ForAll(gen.ToArbitrary(), property));

    private static MailAddress OneLine(MailAddress a) => a with { DisplayName = a.DisplayName is null || OneLine(a.DisplayName) is "" ? null : OneLine(a.DisplayName) };

    // Control characters and line breaks are blanks in a header, halves of characters can't be sent.
    private static string OneLine(string s) => string.Concat(Whole(s).Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)).Trim();

    private static string? FileName(string s) => string.IsNullOrWhiteSpace(s) ? null : string.Concat(Whole(s).Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)) is var name && string.IsNullOrWhiteSpace(name) ? null : name;

    // A byte order mark at the start is no text.
    private static string? Lines(string? s) => s is null ? null : Whole(s).TrimStart('\ufeff').Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    private static string Whole(string s) => string.Concat(s.EnumerateRunes());
}
