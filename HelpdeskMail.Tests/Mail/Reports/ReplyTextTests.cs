using HelpdeskMail.Mail.Reports;
using Xunit;

namespace HelpdeskMail.Tests.Mail.Reports;

public sealed class ReplyTextTests
{
    [Theory]
    [InlineData("Yes.\n\nOn Mon, 5 Jan 2026 at 10:00, Support <support@helpdesk.test>\nwrote:\n\n> really?\n", "Yes.")]
    [InlineData("Ja.\n\nAm 05.01.2026 um 10:00 schrieb Support <support@helpdesk.test>:\n> wirklich?\n", "Ja.")]
    [InlineData("Oui.\n\nLe lun. 5 janv. 2026 à 10:00, Support <s@h.test> a écrit :\n\nvraiment ?\n", "Oui.")]
    [InlineData("Да.\n\n05.01.2026, 10:00, \"Support\" <s@h.test>:\n\nправда?\n", "Да.")]
    [InlineData("Ja.\n\n________________________________\nVon: Support <s@h.test>\nGesendet: Montag, 5. Januar 2026 10:00\nAn: Kunde\nBetreff: Frage\n\nwirklich?\n", "Ja.")]
    [InlineData("Yes.\n\n-----Original Message-----\nFrom: S\n\nreally?\n", "Yes.")]
    [InlineData("Yes.\n\n-- \nJohn Doe\nACME\n", "Yes.")]
    [InlineData("Yes.\n\nSent from my iPhone\n\n> really?\n", "Yes.")]
    [InlineData("> first?\n\nyes\n\n> second?\n\nno\n", "yes\n\n\nno")]
    [InlineData("See below.\n\n---------- Forwarded message ---------\nFrom: A <a@x.org>\nDate: today\nSubject: s\n\nthe case\n", "See below.\n\n---------- Forwarded message ---------\nFrom: A <a@x.org>\nDate: today\nSubject: s\n\nthe case")]
    [InlineData("> only quoted\n", "> only quoted")]
    [InlineData("On the other hand: nothing quoted here.\n-- a point\n", "On the other hand: nothing quoted here.\n-- a point")]
    public void Reply_OfAKnownProgram_ShowsWhatIsNew(string text, string visible) => Assert.Equal(visible, ReplyText.Split(text).Visible);

    [Fact]
    public void Parts_AreCutsOfTheText()
    {
        const string text = "Yes.\n\n-- \nJohn\n\nOn Mon, 5 Jan 2026, Support <s@h.test> wrote:\n> really?\n";
        var parts = ReplyText.Split(text);
        Assert.Equal("Yes.", parts.Visible);
        Assert.Equal("-- \nJohn", parts.Signature);
        Assert.Equal(text.IndexOf("On Mon", StringComparison.Ordinal), parts.QuoteStart);
        Assert.Equal(text[parts.QuoteStart..], parts.Quotation);
    }

    [Fact]
    public void Html_Blockquote_BecomesQuotation()
    {
        var text = HtmlText.From("<div>Yes &amp; no.</div><style>p{}</style><blockquote>really?<br>sure?</blockquote>");
        Assert.Equal("Yes & no.\n> really?\n> sure?", text);
        Assert.Equal("Yes & no.", ReplyText.Split(text).Visible);
    }
}
