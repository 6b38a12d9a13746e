using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Core.Tickets.Contents;
using HelpdeskMail.Mail.Reports;

namespace HelpdeskMail.App.Components.Pages.Tickets;

/// <summary>A message as the page keeps it: without its HTML, which only the frame fetches.</summary>
/// <param name="Content">What its raw mail holds; null until somebody wants to see the message.</param>
/// <param name="Quote">The quotation at the end of the text, or "".</param>
public sealed record ConversationEntry(MessageView Message, MessageContent? Content, bool HasHtml, string Text, string Quote, bool Cut)
{
    /// <summary>Characters of plain text shown in the page; the original has all of it.</summary>
    public const int MaxText = 100_000;

    public static ConversationEntry Of(MessageView message, MessageContent? content = null)
    {
        var cut = message.Text.Length > MaxText;
        var text = cut ? message.Text[..MaxText] : message.Text;
        var quoteStart = ReplyText.Split(text).QuoteStart;
        var quoted = quoteStart > 0 && !string.IsNullOrWhiteSpace(text[..quoteStart]);
        return new(
            message with { Text = "" },
            Light(content),
            HasHtmlToShow(message, content),
            (quoted ? text[..quoteStart] : text).Trim('\r', '\n'),
            quoted ? text[quoteStart..].Trim('\r', '\n') : "",
            cut);
    }

    /// <summary>The same with what its raw mail holds.</summary>
    public ConversationEntry With(MessageContent content) => this with { Content = Light(content), HasHtml = HasHtmlToShow(Message, content) };

    /// <summary>Files to offer below the message; pictures that the HTML shows in its place, and what is shown by what it says, are left out.</summary>
    internal IEnumerable<AttachmentView> Files =>
        Message.Attachments.Where(file => !(HasHtml && file.Cid is not null && MessageEndpoints.IsPicture(file.Type)) && Content?.ShownFiles.Contains(file.Index) is not true);

    private static bool HasHtmlToShow(MessageView message, MessageContent? content) => content is null ? message.HasHtml : content.Html is { Length: > 0 };

    private static MessageContent? Light(MessageContent? content) => content is { Html: not null } ? content with { Html = null } : content;
}
