using System.Text;

namespace HelpdeskMail.Core.Tickets;

/// <summary>One run of the sanitiser: reads tags, keeps what <see cref="MailHtmlRules"/> lets pass, writes it anew.</summary>
internal sealed class MailHtmlCleaner
{
    private const string Remote = "data-remote-";
    private readonly bool allowRemote;
    private readonly Func<string, string?>? inline;
    private readonly MailHtmlCss full;
    private readonly MailHtmlCss local;
    private readonly StringBuilder tag = new();
    private bool remoteStyle;

    public MailHtmlCleaner(bool allowRemote, Func<string, string?>? inline)
    {
        this.allowRemote = allowRemote;
        this.inline = inline;
        full = new(url => StyleUrl(url, remote: true));
        local = new(url => StyleUrl(url, remote: false));
    }

    public int Blocked { get; private set; }

    public int Hidden { get; private set; }

    public string Run(ReadOnlySpan<char> html)
    {
        var reader = new MailHtmlReader(html);
        var writer = new MailHtmlWriter(html.Length + 256);
        var endless = new HashSet<string>(StringComparer.Ordinal); // no end tag of that name is ahead: looking again would be quadratic
        while (reader.Read())
        {
            var name = reader.Name;
            if (reader.Token == MailHtmlToken.Text)
            {
                writer.Text(reader.Text);
            }
            else if (reader.Token == MailHtmlToken.End)
            {
                if (name == "br") writer.Start("br", "<br>");
                else if (name is not "body" && !MailHtmlRules.Void.Contains(name) && MailHtmlRules.Elements.ContainsKey(name)) writer.End(name);
            }
            else if (MailHtmlRules.Raw.Contains(name))
            {
                var text = reader.ReadRaw(name);
                if (name == "style") writer.Whole(Style(text.ToString(), reader.Attributes));
            }
            else if (name == "plaintext")
            {
                writer.Text(reader.ReadRaw(name));
            }
            else if (MailHtmlRules.Dropped.Contains(name))
            {
                if (!reader.SelfClosing && !endless.Contains(name) && !reader.SkipTo(name)) endless.Add(name);
            }
            else if (name == "body")
            {
                writer.Start("div", Tag("div", [], reader.Attributes, isBody: true));
            }
            else if (MailHtmlRules.Elements.TryGetValue(name, out var attributes))
            {
                writer.Start(name, Tag(name, attributes, reader.Attributes));
            }
        }

        return writer.Finish();
    }

    private string Tag(string name, string[] own, Dictionary<string, string> attributes, bool isBody = false)
    {
        tag.Clear().Append('<').Append(name);
        foreach (var (attribute, value) in attributes)
        {
            if (attribute is "href" or "src" or "background" or "usemap") continue;
            if ((MailHtmlRules.Global.Contains(attribute) || own.Contains(attribute)) && value.Length <= 1000) Append(attribute, value);
        }

        if (own.Contains("href")) Link(attributes);
        if (name == "img") Image("src", attributes);
        if (own.Contains("background")) Image("background", attributes);
        if (own.Contains("usemap") && attributes.TryGetValue("usemap", out var map) && map.StartsWith('#')) Append("usemap", map);
        StyleAttribute(isBody, attributes);
        return tag.Append('>').ToString();
    }

    private void Link(Dictionary<string, string> attributes)
    {
        if (!attributes.TryGetValue("href", out var value) || MailHtmlUrls.Link(value) is not { } url) return;
        Append("href", url);
        if (url.StartsWith('#')) return;
        Append("target", "_blank");
        Append("rel", "noopener noreferrer nofollow");
    }

    private void Image(string attribute, Dictionary<string, string> attributes)
    {
        if (!attributes.TryGetValue(Remote + attribute, out var value) && !attributes.TryGetValue(attribute, out value)) return;
        var url = MailHtmlUrls.Tidy(value);
        if (MailHtmlUrls.IsRemote(ref url))
        {
            Append(allowRemote ? attribute : Remote + attribute, url);
            if (allowRemote) return;
            Blocked++;
            if (attribute != "src" || !MailHtmlPixel.Is(attributes)) return;
            Hidden++;
            Append(Remote + "pixel", ""); // so that no frame is drawn for it
        }
        else if (MailHtmlUrls.ContentId(url) is { } cid)
        {
            if (inline is null) Append(attribute, url);
            else if (inline(cid) is { } ours) Append(attribute, ours);
        }
        else if (MailHtmlUrls.IsRasterData(url))
        {
            Append(attribute, url);
        }
    }

    private void StyleAttribute(bool isBody, Dictionary<string, string> attributes)
    {
        var source = attributes.GetValueOrDefault(Remote + "style") ?? attributes.GetValueOrDefault("style") ?? "";
        if (isBody)
        {
            if (attributes.TryGetValue("background", out var picture)) source = $"background-image:url(\"{picture.Replace("\"", "%22", StringComparison.Ordinal)}\");{source}";
            if (attributes.TryGetValue("bgcolor", out var background)) source = $"background-color:{Colour(background)};{source}";
            if (attributes.TryGetValue("text", out var colour)) source = $"color:{Colour(colour)};{source}";
        }

        if (source.Length == 0) return;
        var (shown, held) = Filter(css => css.Declarations(source));
        if (shown.Length > 0) Append("style", shown);
        if (held is not null) Append(Remote + "style", held);
    }

    private string Style(string text, Dictionary<string, string> attributes)
    {
        var source = attributes.GetValueOrDefault(Remote + "css") ?? text;
        var (shown, held) = Filter(css => css.Sheet(source));
        if (shown.Length == 0 && held is null) return "";
        tag.Clear().Append("<style");
        if (held is not null) Append(Remote + "css", held);
        return tag.Append('>').Append(shown).Append("</style>").ToString();
    }

    /// <summary>What to show, and what would show with remote content where that differs and isn't allowed.</summary>
    private (string Shown, string? Held) Filter(Func<MailHtmlCss, string> filter)
    {
        remoteStyle = false;
        var all = filter(full);
        if (allowRemote || !remoteStyle) return (all, null);
        var shown = filter(local);
        if (shown == all) return (all, null);
        Blocked++;
        return (shown, all);
    }

    private string? StyleUrl(string value, bool remote)
    {
        var url = MailHtmlUrls.Tidy(value);
        if (MailHtmlUrls.IsRemote(ref url))
        {
            remoteStyle = true;
            return remote ? url : null;
        }

        if (MailHtmlUrls.ContentId(url) is { } cid) return inline is null ? url : inline(cid);
        return MailHtmlUrls.IsRasterData(url) ? url : null;
    }

    private static string Colour(string value) => value.Length is 3 or 6 && value.All(char.IsAsciiHexDigit) ? "#" + value : value.Replace(";", "", StringComparison.Ordinal);

    private void Append(string name, string value)
    {
        tag.Append(' ').Append(name).Append("=\"");
        foreach (var c in value)
        {
            _ = c switch
            {
                '&' => tag.Append("&amp;"),
                '"' => tag.Append("&quot;"),
                '<' => tag.Append("&lt;"),
                '>' => tag.Append("&gt;"),
                '\0' => tag,
                _ => tag.Append(c),
            };
        }

        tag.Append('"');
    }
}
