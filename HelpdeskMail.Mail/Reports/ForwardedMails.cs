using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Mail.Reports;

/// <summary>Reads what a person forwarded: the original as a file (message/rfc822), or copied into the text under a block of header lines, as mail programs
/// write it in their many languages. Such a block proves nothing: whoever forwards can write what he likes.</summary>
public static class ForwardedMails
{
    private const int MaxText = 1024 * 1024;

    /// <returns>Null: it is no forward, or doesn't tell who wrote the original.</returns>
    public static ForwardedMail? Read(MimeMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var subject = message.Subject ?? "";
        var prefixed = ForwardSubject.Is(subject);
        if (prefixed && ReadText(TextOf(message)) is { } inline) return inline;
        foreach (var part in message.Attachments)
        {
            if (part.EmbeddedMessage is not { From: [var author, ..] } original) continue;
            // programs that forward as a file call the mail like the file, or nothing at all
            if (!prefixed && subject.Trim().Length > 0 && !subject.Trim().Equals(original.Subject?.Trim(), StringComparison.OrdinalIgnoreCase)) continue;
            return new ForwardedMail(
                author, original.To, original.Cc, original.Subject ?? "", original.Date, TextOf(original), ReplyText.Split(TextOf(message)) is { } words && words.QuoteStart != 0 ? words.Visible : "",
                original.MessageId, part.Path);
        }
        return null;
    }

    /// <summary>The first forwarded mail that stands in a text.</summary>
    public static ForwardedMail? ReadText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new ForwardBlock(text).Read();
    }

    private static string TextOf(MimeMessage message)
    {
        var text = message.Text ?? (message.Html is { } html ? HtmlText.From(html) : "");
        return text.Length > MaxText ? text[..MaxText] : text;
    }
}
