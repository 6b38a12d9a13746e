using HelpdeskMail.Core.Tickets;
using Xunit;

namespace HelpdeskMail.Tests.Core.Tickets;

public sealed class MailHtmlCssTests
{
    [Theory]
    [InlineData("color: red; font: bold 12px/1.5 \"Segoe UI\", Arial !important", "color:red;font:bold 12px/1.5 \"Segoe UI\", Arial !important;")]
    [InlineData("background-color: rgba(0, 0, 0, .5); width: calc(100% - 2em)", "background-color:rgba(0, 0, 0, .5);width:calc(100% - 2em);")]
    [InlineData("margin:0/* c */;;padding", "margin:0;")]
    [InlineData("font-family: 宋体", "font-family:宋体;")]
    [InlineData("position: fixed; top: 0; z-index: 9", "")]
    [InlineData("behavior: url(http://evil.test/x.htc); -moz-binding: url(http://evil.test/x.xml#a)", "")]
    [InlineData("width: expression(alert(1))", "")]
    [InlineData("width: exp/**/ression(alert(1))", "")]
    [InlineData("color: \\72 ed; width: e\\78pression(alert(1))", "")]
    [InlineData("background: url(javascript:alert(1))", "")]
    [InlineData("background: url(http://evil.test/a.png)", "")]
    [InlineData("background: \\75rl(http://evil.test/a.png)", "")]
    [InlineData("background: u/**/rl(http://evil.test/a.png)", "")]
    [InlineData("background: URL( 'http://evil.test/a.png' )", "")]
    [InlineData("background: image-set('http://evil.test/a.png' 1x)", "")]
    [InlineData("background: url(\"http://evil.test/a)b\") url(x", "")]
    [InlineData("background: url(data:image/png;base64,AAAA); color: red", "background:url(\"data:image/png;base64,AAAA\");color:red;")]
    [InlineData("font-family: \"a; color: red", "")]
    [InlineData("color: red}</style><script>alert(1)</script>", "")]
    [InlineData("mso-line-height-rule: exactly; -webkit-text-size-adjust: none", "")]
    public void Style_attributes_keep_what_only_looks(string css, string expected) => Assert.Equal(expected, Filter(false).Declarations(css));

    [Theory]
    [InlineData("p { color: red }", "p{color:red;}")]
    [InlineData("<!-- a:hover, td > .x[width=\"1\"] { color: red } -->", "a:hover, td > .x[width=\"1\"]{color:red;}")]
    [InlineData("@media only screen and (max-width: 600px) { .a { width: 100% } }", "@media only screen and (max-width: 600px){.a{width:100%;}}")]
    [InlineData("@import url(http://evil.test/a.css); p{color:red}", "p{color:red;}")]
    [InlineData("@font-face { font-family: x; src: url(http://evil.test/f) } p{color:red}", "p{color:red;}")]
    [InlineData("@charset \"x\"; @supports (color: red) { p { color: red } } b{color:red}", "b{color:red;}")]
    [InlineData("p{background:url(http://evil.test/a)} b{color:red}", "b{color:red;}")]
    [InlineData("input[value^=a]{background:url(http://evil.test/a)}", "")]
    [InlineData("p{color:red", "p{color:red;}")]
    [InlineData("} p{color:red}", "p{color:red;}")]
    [InlineData("p{font-family:\"</style>\"} b{color:red}", "b{color:red;}")]
    [InlineData("a\\3c b{color:red} b{color:red}", "b{color:red;}")]
    public void Style_sheets_keep_plain_rules_and_media(string css, string expected) => Assert.Equal(expected, Filter(false).Sheet(css));

    [Fact]
    public void An_url_is_written_so_that_it_can_not_end_early() =>
        Assert.Equal("background:url(\"http://a.test/%27%29;x:%28\");", Filter(true).Declarations("background: url(\"http://a.test/');x:(\")"));

    private static MailHtmlCss Filter(bool remote) => new(url => url.StartsWith("data:image/png;base64,", StringComparison.Ordinal) || (remote && url.StartsWith("http:", StringComparison.Ordinal)) ? url : null);
}
