using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Mail.Reports;

namespace HelpdeskMail.App.Components.Pages.Tickets;

/// <summary>A message as the page keeps it: without its HTML, which only the frame fetches.</summary>
/// <param name="Quote">The quotation at the end of the text, or "".</param>
/// <param name="RemoteBlocked">The HTML would load something from elsewhere.</param>
public sealed record ConversationEntry(MessageView Message, bool HasHtml, bool RemoteBlocked, string Text, string Quote, bool Cut)
{
    /// <summary>Characters of plain text shown in the page; the original has all of it.</summary>
    public const int MaxText = 100_000;

    public static ConversationEntry Of(MessageView message)
    {
        var cut = message.Text.Length > MaxText;
        var text = cut ? message.Text[..MaxText] : message.Text;
        var quoteStart = ReplyText.Split(text).QuoteStart;
        var quoted = quoteStart > 0 && !string.IsNullOrWhiteSpace(text[..quoteStart]);
        return new(
            message with { Html = null, Text = "" },
            message.Html is { Length: > 0 },
            message.Html?.Contains(" data-remote-", StringComparison.Ordinal) is true,
            (quoted ? text[..quoteStart] : text).Trim('\r', '\n'),
            quoted ? text[quoteStart..].Trim('\r', '\n') : "",
            cut);
    }

    /// <summary>Files to offer below the message; pictures that the HTML shows in its place are left out.</summary>
    internal IEnumerable<AttachmentView> Files => HasHtml ? Message.Attachments.Where(file => file.Cid is null || !MessageEndpoints.IsPicture(file.Type)) : Message.Attachments;
}
