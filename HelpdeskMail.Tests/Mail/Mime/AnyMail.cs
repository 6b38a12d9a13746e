using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using HelpdeskMail.Mail.Addresses;
using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Tests.Mail.Mime;

/// <summary>Whatever people and attackers put into a message, for the property tests.</summary>
internal static class AnyMail
{
    // Scripts, astral characters, what has a meaning in headers, what must never get through, and halves of characters.
    private static readonly string[] Pieces =
    [
        "a", "B", "7", "word", "Straße", "é", "ø", "ж", "Привет", "日本語", "こんにちは", "한국어", "ไทย", "مرحبا", "שלום", "e\u0301", "😀", "👩‍👧", "\u00a0", "\u200b", "\ufeff",
        " ", " ", "  ", "\t", "\r\n", "\r", "\n", "\0", "\u0007", "\u0085", "\u2028", "\u2029", "\ud83d", "\udc00", "\uffff",
        "\"", "\\", "(", ")", "<", ">", "@", ",", ";", ":", ".", "..", "=", "?", "_", "'", "%", "*", "/", "[", "]", "&", "#", "~", "-", "--", ">",
        "=?", "?=", "=?utf-8?q?x?=", "=?utf-8?b?eA==?=", "%41", "utf-8''", "=41", "=\r\n",
        "\r\nBcc: victim@x.org", "\r\n\r\n<html>", "\n.\n", "\nFrom ", "begin 644 x", "Subject: ", "+AOQ-",
        new('x', 90), new('ü', 80), new(' ', 90), string.Concat(Enumerable.Repeat("long words ", 30)),
    ];

    internal static Gen<string> Text { get; } = Gen.OneOf(Piece(12), Gen.Choose(0, 0xFFFF).Select(c => (char)c).ArrayOf().Select(c => new string(c)));

    internal static Gen<MailAddress> Address { get; } = Addresses(["joe", "j.doe+tag", "o'brien", "a b", "a\"b", "a\\b", "a@b", "a,b;c:d", "()<>", "a..b", ".a", "-", "x=?utf-8?q?x?=", new string('l', 64)]);

    internal static Gen<MailAddress> InternationalAddress { get; } = Addresses(["jörg", "用户", "a ü"]);

    internal static Gen<OutgoingAttachment> Attachment { get; } =
        from name in Text
        from type in Gen.Elements("application/pdf", "image/png", "text/plain", "text/html", "text/calendar", "nonsense", "a/b\r\nBcc: v@x.org", "multipart/mixed", "message/delivery-status")
        from content in Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf()
        from inline in Gen.Elements(true, false)
        select new OutgoingAttachment(name, type, content, inline ? "cid@x" : null, inline);

    internal static Gen<OutgoingMessage> Message { get; } = With(Address);

    internal static Gen<OutgoingMessage> InternationalMessage { get; } = With(InternationalAddress);

    /// <summary>Answers with quotations, as people write them and worse.</summary>
    internal static Gen<string> Quoting { get; } =
        Gen.Choose(0, 12).SelectMany(n => Gen.Elements(
            ">", "> ", ">>", ">> ", "> > ", " ", "-- ", "\n", "\n", "> \n", ">\n", "From ", "word ", "Grüße ", string.Concat(Enumerable.Repeat("words of a paragraph ", 9)), new string('x', 100)).ArrayOf(n)).Select(string.Concat);

    /// <summary>What a reader gets of a text that goes out flowed: its last line has an end, and a quoted line without text a blank (RFC 3676 §4.5).</summary>
    internal static string AsFlowed(string text) => Regex.Replace(text.EndsWith('\n') ? text : text + "\n", "^(?<marks>>+) ?$", "${marks} ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));

    private static Gen<MessageId> Id { get; } =
        Gen.Elements("a@b", "<x.y@[192.0.2.1]>", "no-domain", "a/b=c+d$e@x", new string('i', 995), new string('i', 75) + "@x").Select(s => MessageId.TryParse(s, out var id) ? id : throw new InvalidOperationException(s));

    private static Gen<string> Piece(int most) => Gen.Choose(0, most).SelectMany(n => Gen.Elements(Pieces).ArrayOf(n)).Select(string.Concat);

    private static Gen<MailAddress> Addresses(string[] locals) =>
        from name in Gen.OneOf(Text, Gen.Constant<string>(null!))
        from local in Gen.Elements(locals)
        from domain in Gen.Elements("example.org", "müller.example", "日本.example", "sub.domain-with-a-long-name.example.co.uk", "[192.0.2.1]")
        select new MailAddress(name, local, domain);

    private static Gen<OutgoingMessage> With(Gen<MailAddress> address) =>
        from subject in Text
        from sender in address
        from to in address.ArrayOf()
        from replyTo in address.ArrayOf()
        from text in Gen.OneOf(Text, Gen.Constant<string>(null!))
        from html in Gen.OneOf(Text, Gen.Constant<string>(null!))
        from files in Attachment.ArrayOf(3)
        from fileCount in Gen.Choose(0, 3)
        from id in Id
        from references in Id.ArrayOf()
        from note in Text
        from seconds in Gen.Choose(0, int.MaxValue)
        from minutes in Gen.Choose(-12 * 60, 14 * 60)
        select Noted(
            new OutgoingMessage
            {
                From = [sender],
                To = to,
                ReplyTo = replyTo,
                Subject = subject,
                Text = text,
                Html = html,
                Attachments = files[..fileCount],
                MessageId = id,
                References = [.. references.Distinct()],
                Date = DateTimeOffset.FromUnixTimeSeconds(seconds).ToOffset(TimeSpan.FromMinutes(minutes)),
            },
            note);

    private static OutgoingMessage Noted(OutgoingMessage message, string note)
    {
        message.AddHeader("X-Note", note);
        return message;
    }
}
