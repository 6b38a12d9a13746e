using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using HelpdeskMail.Core.Tickets;
using Xunit.Abstractions;
using Xunit;

namespace HelpdeskMail.Tests.Core.Tickets;

/// <summary>What comes out is parsed again as a browser would, several times over, and must hold nothing that acts.</summary>
public sealed class MailHtmlAttackTests(ITestOutputHelper output)
{
    private static readonly string[] Urls = ["href", "src", "background", "action", "formaction", "data", "poster", "xlink:href", "cite", "srcset"];

    private static readonly string[] Vectors =
    [
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<math><mtext><table><mglyph><style><math href=javascript:alert(1)>click</math>",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
        "<svg><p><style><!--</style><img src=x onerror=alert(1)>--></style>",
        "<table><caption><svg><title><table><caption></table><style><!--</style></title><img src=x onerror=alert(1)>-->",
        "<template><style></template><img src=x onerror=alert(1)></style>",
        "<listing>&lt;img src=x onerror=alert(1)&gt;</listing>",
        "<xmp><p id=\"</xmp><img src=x onerror=alert(1)>\">",
        "<select><template><style><!--</style><a rel=\"--></style></template></select><img id=x src onerror=alert(1)>\">",
        "<a href=\"javascript&Tab;:alert(1)\">x</a><a href=\"java&NewLine;script:alert(1)\">x</a>",
        "<a href=\"\u2028javascript:alert(1)\">x</a>",
        "<img src=`x`onerror=alert(1)><img/src='x'/onerror='alert(1)'>",
        "<img src=\"x\"\"onerror=alert(1)\"><img alt=\"`><script>alert(1)</script>`\">",
        "<div style=\"background-image:url(&quot;javascript:alert(1)&quot;)\">",
        "<style>*{color:red}</style/><script>alert(1)</script>",
        "<style>a{font-family:'</sty\0le><img src=x onerror=alert(1)>'}</style>",
        "<sc\0ript>alert(1)</script>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<a name=\"x\" id=\"&quot; onclick=alert(1) &quot;\">x</a>",
        "<details open ontoggle=alert(1)><summary>x</summary></details>",
        "<body onload=alert(1)><frameset onload=alert(1)>",
        "<img data-remote-src=\"javascript:alert(1)\"><p data-remote-style=\"width:expression(alert(1))\">x<style data-remote-css=\"</style><script>alert(1)</script>\"></style>",
        "<isindex type=image src=1 onerror=alert(1)><keygen autofocus onfocus=alert(1)>",
        "<![CDATA[<script>alert(1)</script>]]><!DOCTYPE x [<!ENTITY y \"<script>alert(1)</script>\">]>",
        "<plaintext><script>alert(1)</script>",
        "<a href=\"http://ok.test/\" ping=\"https://evil.test\" download>x</a><video poster=javascript:alert(1)><source onerror=alert(1)></video>",
        "<p/onclick=alert(1)/title='x'>y</p onclick=alert(1)>",
        "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
        "<img src=x:alert(1) lowsrc=javascript:alert(1) dynsrc=javascript:alert(1)>",
    ];

    [Fact]
    public void Vectors_written_by_hand_do_nothing()
    {
        foreach (var vector in Vectors) AssertHarmless(vector);
    }

    [CorpusFact]
    public void Published_vectors_do_nothing()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(MailCorpus.PathOf("expected/dompurify-even.json")));
        var count = 0;
        foreach (var entry in file.RootElement.EnumerateArray())
        {
            AssertHarmless(entry.GetProperty("payload").GetString()!);
            count++;
        }

        output.WriteLine($"{count} vectors");
        Assert.True(count >= 100);
    }

    [CorpusFact]
    public void Real_mails_and_pieces_of_them_do_nothing()
    {
        var random = new Random(7);
        foreach (var path in Directory.EnumerateFiles(MailCorpus.PathOf("xss-html"), "*", SearchOption.AllDirectories))
        {
            var mail = File.ReadAllText(path, Encoding.Latin1);
            AssertHarmless(mail);
            for (var i = 0; i < 2; i++)
            {
                var from = random.Next(mail.Length);
                AssertHarmless(mail[..random.Next(mail.Length)] + Vectors[random.Next(Vectors.Length)] + mail[from..]);
            }
        }
    }

    [Fact]
    public void Pieces_of_attacks_in_any_order_do_nothing()
    {
        var random = new Random(11);
        var pieces = Vectors.SelectMany(vector => vector.Split('<').Select(piece => "<" + piece)).Concat(
            ["<b>", "</b>", "<p>", "</p>", "<table>", "</table>", "<td>", "<tr>", "<li>", "<ul>", "<a href=http://a.test>", "</a>", "<div style='color:red'>", "</div>", "\"", "'", ">", "--", "<style>", "</style>", "<!--", "-->", "&lt;", "&#60", "\0"]).ToArray();
        for (var i = 0; i < 3000; i++) AssertHarmless(string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => pieces[random.Next(pieces.Length)])));
    }

    private static void AssertHarmless(string html)
    {
        foreach (var remote in new[] { false, true })
        {
            var clean = MailHtml.Sanitize(html, remote);
            Assert.Equal(clean, MailHtml.Sanitize(clean, remote));
            foreach (var scripting in new[] { false, true })
            {
                var again = clean;
                for (var round = 0; round < 2; round++)
                {
                    var document = new HtmlParser(new HtmlParserOptions { IsScripting = scripting }).ParseDocument($"<!DOCTYPE html><html><head></head><body>{again}</body></html>");
                    AssertHarmless(document, remote, html);
                    again = document.Body!.InnerHtml;
                }
            }
        }
    }

    private static void AssertHarmless(IDocument document, bool remote, string html)
    {
        foreach (var element in document.Body!.QuerySelectorAll("*"))
        {
            Assert.True(MailHtmlRules.Elements.ContainsKey(element.LocalName) || element.LocalName == "style", $"<{element.LocalName}> came of {html}");
            Assert.Equal("http://www.w3.org/1999/xhtml", element.NamespaceUri);
            if (element.LocalName == "style") AssertHarmlessCss(element.TextContent, remote);
            foreach (var attribute in element.Attributes)
            {
                Assert.False(attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase), $"{attribute.Name} came of {html}");
                if (Urls.Contains(attribute.Name)) Assert.Matches("^(https?:|mailto:|tel:|#|cid:|data:image/(png|jpe?g|gif|webp|bmp);base64,)", attribute.Value.ToLowerInvariant());
                if (!remote && attribute.Name is "src" or "background") Assert.False(!remote && attribute.Value.StartsWith("http", StringComparison.OrdinalIgnoreCase), $"{attribute.Value} came of {html}");
                if (attribute.Name == "style") AssertHarmlessCss(attribute.Value, remote);
            }
        }
    }

    private static void AssertHarmlessCss(string css, bool remote)
    {
        Assert.DoesNotContain("expression", css, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("javascript", css, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", css, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("position:", css, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('<', css);
        Assert.DoesNotContain('\\', css);
        if (!remote) Assert.DoesNotContain("url(\"http", css, StringComparison.OrdinalIgnoreCase);
    }
}
