using HelpdeskMail.App.Components.Pages.Tickets;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Core.Tickets.Contents;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.Tickets;

public sealed class ConversationEntryTests
{
    [Fact]
    public void A_page_keeps_no_html_but_knows_of_what_it_holds_back()
    {
        var entry = ConversationEntry.Of(Samples.Inbound(html: ""), MessageContent.Empty with { Html = "<p>x</p>", Blocked = 1 });

        Assert.True(entry.HasHtml);
        Assert.Equal(1, entry.Content!.Blocked);
        Assert.Null(entry.Content.Html);
    }

    [Fact]
    public void Quoted_text_is_kept_apart_not_dropped()
    {
        const string text = "Thanks!\n\nOn Mon, 3 Mar 2025 at 10:00, Support <support@helpdesk.test> wrote:\n> Dear Anna,\n> here it is.\n";

        var entry = ConversationEntry.Of(Samples.Inbound(text));

        Assert.Equal("Thanks!", entry.Text.Trim());
        Assert.Contains("> here it is.", entry.Quote, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mail_that_is_nothing_but_a_quotation_shows_it()
    {
        var entry = ConversationEntry.Of(Samples.Inbound("> only this\n"));

        Assert.Contains("only this", entry.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_shown_in_its_place_is_not_offered_again()
    {
        AttachmentView[] files = [new(0, "logo.png", "image/png", 1, "", "logo"), new(1, "a.pdf", "application/pdf", 1, "", "x"), new(2, "b.svg", "image/svg+xml", 1, "", "y")];

        Assert.Equal(["a.pdf", "b.svg"], ConversationEntry.Of(Samples.Inbound(html: "<p>x</p>", files: files)).Files.Select(file => file.Name));
        Assert.Equal(3, ConversationEntry.Of(Samples.Inbound("x", files: files)).Files.Count());
    }
}
