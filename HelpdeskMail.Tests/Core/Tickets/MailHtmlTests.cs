using System.Diagnostics;
using HelpdeskMail.Core.Tickets;
using Xunit;

namespace HelpdeskMail.Tests.Core.Tickets;

public sealed class MailHtmlTests
{
    [Theory]
    [InlineData("<p>Hello <b>world</b></p>", "<p>Hello <b>world</b></p>")]
    [InlineData("<p>one<p>two", "<p>one</p><p>two</p>")]
    [InlineData("<b><i>x</b>y</i>", "<b><i>x</i></b><i>y</i>")]
    [InlineData("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>")]
    [InlineData("<table><tr><td>1<td>2<tr><td>3</table>", "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>")]
    [InlineData("a < b && c > d &amp; &uuml;", "a &lt; b && c &gt; d &amp; &uuml;")]
    [InlineData("</div></p>x</table>", "x")]
    [InlineData("<td></div></td>", "<td></td>")]
    [InlineData("<h1>a<h2>b", "<h1>a</h1><h2>b</h2>")]
    [InlineData("<body bgcolor=ffeecc text=red><p>x", "<div style=\"color:red;background-color:#ffeecc;\"><p>x</p></div>")]
    [InlineData("<font color=#ff0000 face='Arial, Helvetica' size=+1>x</font>", "<font color=\"#ff0000\" face=\"Arial, Helvetica\" size=\"+1\">x</font>")]
    [InlineData("x<!-- hidden --><![if !mso]>y<![endif]><?xml:namespace prefix=o /><o:p>z</o:p>", "xyz")]
    [InlineData("<!--> a --> b", " a --&gt; b")]
    public void Ordinary_markup_stays_and_is_made_to_nest(string html, string expected) => Assert.Equal(expected, MailHtml.Sanitize(html));

    [Theory]
    [InlineData("<script>alert(1)</script>x")]
    [InlineData("<script>alert(1)</script foo>x")]
    [InlineData("<SCRIPT/src=//evil.test/a.js></SCRIPT>x")]
    [InlineData("<iframe src=javascript:alert(1)><p>in</iframe>x")]
    [InlineData("<meta http-equiv=refresh content='0;url=javascript:alert(1)'>x")]
    [InlineData("<base href=https://evil.test/>x")]
    [InlineData("<link rel=stylesheet href=https://evil.test/a.css>x")]
    [InlineData("<object data=javascript:alert(1)></object>x")]
    [InlineData("<embed src=javascript:alert(1)>x")]
    [InlineData("<form action=https://evil.test><input name=a autofocus onfocus=alert(1)></form>x")]
    [InlineData("<svg onload=alert(1)><script>alert(2)</script></svg>x")]
    [InlineData("<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\"></math>x")]
    [InlineData("<title><img src=1 onerror=alert(1)></title>x")]
    [InlineData("<textarea><img src=1 onerror=alert(1)></textarea>x")]
    [InlineData("<style>@import 'https://evil.test/a.css';</style>x")]
    [InlineData("<template><img src=1 onerror=alert(1)></template>x")]
    public void What_has_no_place_in_a_mail_goes_altogether(string html) => Assert.Equal("x", MailHtml.Sanitize(html, allowRemote: true));

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData(" \x01 javascript:alert(1)")]
    [InlineData("java\tscr\nipt:alert(1)")]
    [InlineData("&#106;avascript&colon;alert(1)")]
    [InlineData("&#x6A&#x61vascript:alert(1)")]
    [InlineData("vbscript:msgbox(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("data:image/svg+xml;base64,PHN2Zz4=")]
    [InlineData("file:///etc/passwd")]
    [InlineData("blob:https://helpdesk.test/1")]
    [InlineData("/tickets/1")]
    [InlineData("tickets/1")]
    [InlineData("?logout")]
    public void A_link_elsewhere_than_to_the_web_mail_or_phone_loses_its_target(string url) => Assert.Equal("<a>x</a>", MailHtml.Sanitize($"<a href=\"{url}\">x</a>"));

    [Theory]
    [InlineData("https://example.test/a?b=1&amp;c=2", "https://example.test/a?b=1&amp;c=2")]
    [InlineData("HTTP://example.test", "HTTP://example.test")]
    [InlineData("//example.test/a", "https://example.test/a")]
    [InlineData("www.example.test", "http://www.example.test")]
    [InlineData("mailto:info@example.test", "mailto:info@example.test")]
    [InlineData("tel:+49301234", "tel:+49301234")]
    public void A_link_opens_elsewhere_and_tells_nothing_of_us(string url, string expected) =>
        Assert.Equal($"<a href=\"{expected}\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">x</a>", MailHtml.Sanitize($"<a href=\"{url}\" target=_top onclick=alert(1)>x</a>"));

    [Fact]
    public void A_link_to_a_place_in_the_mail_stays_in_it() => Assert.Equal("<a href=\"#top\">x</a>", MailHtml.Sanitize("<a href='#top'>x</a>"));

    [Fact]
    public void A_remote_picture_is_held_back_until_it_is_asked_for()
    {
        const string html = "<img src=\"https://example.test/pixel.gif?id=1\" width=1 srcset=\"https://example.test/2 2x\" alt=A>";

        var blocked = MailHtml.Clean(html);

        Assert.Equal("<img width=\"1\" alt=\"A\" data-remote-src=\"https://example.test/pixel.gif?id=1\" data-remote-pixel=\"\">", blocked.Html);
        Assert.True(blocked.RemoteBlocked);
        Assert.Equal("<img width=\"1\" alt=\"A\" src=\"https://example.test/pixel.gif?id=1\">", MailHtml.Sanitize(blocked.Html, allowRemote: true));
    }

    [Theory]
    [InlineData("width=1 height=1", true)]
    [InlineData("height=0", true)]
    [InlineData("style='width:1px'", true)]
    [InlineData("style='opacity:1; Height : 2PX !important'", true)]
    [InlineData("style='display:none!important'", true)]
    [InlineData("style='visibility: hidden'", true)]
    [InlineData("", false)]
    [InlineData("width=100 height=3", false)]
    [InlineData("width=1%", false)]
    [InlineData("style='line-height:1;width:10px;border-width:1px'", false)]
    [InlineData("style='width:1em'", false)]
    public void A_remote_picture_that_nobody_would_see_is_counted_and_leaves_no_mark(string attributes, bool hidden)
    {
        var blocked = MailHtml.Clean($"<img src=https://example.test/1.gif {attributes}>");

        Assert.Equal((1, hidden ? 1 : 0, hidden), (blocked.Blocked, blocked.Hidden, blocked.Html.Contains("data-remote-pixel", StringComparison.Ordinal)));
        Assert.Equal(blocked, MailHtml.Clean(blocked.Html));
    }

    [Fact]
    public void A_remote_background_is_held_back_until_it_is_asked_for()
    {
        const string html = "<div style=\"color: red; background: #fff url('https://example.test/a.png') no-repeat\">x</div><style>p { background-image: url(//example.test/b.png); margin: 0 }</style>";

        var blocked = MailHtml.Clean(html);
        var shown = MailHtml.Clean(blocked.Html, allowRemote: true);

        Assert.True(blocked.RemoteBlocked);
        Assert.Contains("<div style=\"color:red;\" data-remote-style=", blocked.Html, StringComparison.Ordinal);
        Assert.EndsWith(">p{margin:0;}</style>", blocked.Html, StringComparison.Ordinal);
        Assert.False(shown.RemoteBlocked);
        Assert.Equal(
            "<div style=\"color:red;background:#fff url(&quot;https://example.test/a.png&quot;) no-repeat;\">x</div>" +
            "<style>p{background-image:url(\"https://example.test/b.png\");margin:0;}</style>",
            shown.Html);
    }

    [Fact]
    public void A_remote_background_of_the_body_or_a_cell_is_held_back_too()
    {
        var blocked = MailHtml.Clean("<body background=http://example.test/a.png><table background=http://example.test/b.png><td background=http://example.test/c.png>x");

        Assert.True(blocked.RemoteBlocked);
        Assert.DoesNotContain(" background=", blocked.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", blocked.Html, StringComparison.Ordinal);
        Assert.Contains(" background=\"http://example.test/c.png\"", MailHtml.Sanitize(blocked.Html, allowRemote: true), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_held_back_of_a_mail_without_remote_content() =>
        Assert.False(MailHtml.Clean("<p style='color:red'>data-remote-src <a href=https://example.test>x</a><img src=cid:1></p>").RemoteBlocked);

    [Fact]
    public void An_inline_picture_is_mapped_by_its_content_id()
    {
        const string html = "<img src=\"cid:logo%40example.test\"><td style=\"background:url(cid:bg)\"><img src=cid:unknown>";

        var clean = MailHtml.Sanitize(html, inline: cid => cid == "unknown" ? null : $"/inline/{Uri.EscapeDataString(cid)}");

        Assert.Equal("<img src=\"/inline/logo%40example.test\"><td style=\"background:url(&quot;/inline/bg&quot;);\"><img></td>", clean);
        Assert.Contains("src=\"cid:logo%40example.test\"", MailHtml.Sanitize(html), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data:image/png;base64,iVBORw0KGgo=", true)]
    [InlineData("data:image/svg+xml;base64,PHN2Zz4=", false)]
    [InlineData("data:image/png,<svg onload=alert(1)>", false)]
    [InlineData("data:text/html;base64,PHN2Zz4=", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("/messages/1/raw", false)]
    public void A_picture_in_the_mail_itself_is_shown_when_it_can_hold_no_script(string url, bool stays) =>
        Assert.Equal(stays, MailHtml.Sanitize($"<img src=\"{url}\">").Contains("src=", StringComparison.Ordinal));

    [Fact]
    public void Much_that_is_deeply_nested_is_read_in_linear_time()
    {
        string[] bombs =
        [
            string.Concat(Enumerable.Repeat("<div>", 400_000)),
            string.Concat(Enumerable.Repeat("<b><p>", 200_000)),
            string.Concat(Enumerable.Repeat("<svg>", 200_000)),
            string.Concat(Enumerable.Repeat("<svg></sv", 200_000)),
            string.Concat(Enumerable.Repeat("<a><table>", 200_000)),
            string.Concat(Enumerable.Repeat("<!--", 400_000)),
            "<!--" + new string('-', 2_000_000),
            string.Concat(Enumerable.Repeat("<p style='color:red;background:url(http://a.test/", 40_000)),
            "<style>" + string.Concat(Enumerable.Repeat("@media x{a{color:red", 20_000)),
            "<style>" + new string('(', 400_000),
            "<style>" + new string('"', 400_000),
            "<p style=\"" + string.Concat(Enumerable.Repeat("/*", 500_000)) + "\">",
            "<a " + string.Concat(Enumerable.Repeat("a", 2_000_000)) + ">",
            "<a " + string.Concat(Enumerable.Range(0, 200_000).Select(i => $"a{i}=1 ")) + ">",
            string.Concat(Enumerable.Repeat("<b style='color:red'><i>x</b>", 60_000)),
            new string('<', 2_000_000),
        ];
        foreach (var bomb in bombs)
        {
            var watch = Stopwatch.StartNew();
            var clean = MailHtml.Sanitize(bomb);
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{bomb[..40]}: {watch.Elapsed}");
            Assert.True(clean.Length < bomb.Length * 6 + 200_000, $"{bomb[..40]} grew to {clean.Length}");
        }
    }

    [Fact]
    public void More_than_the_limit_is_cut_off_and_said_to_be()
    {
        var clean = MailHtml.Clean("<p>" + new string('x', MailHtml.MaxLength + 1));

        Assert.True(clean.Truncated);
        Assert.EndsWith("x</p>", clean.Html, StringComparison.Ordinal);
    }
}
