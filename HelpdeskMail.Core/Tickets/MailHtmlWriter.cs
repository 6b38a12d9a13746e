using System.Text;

namespace HelpdeskMail.Core.Tickets;

/// <summary>Writes tags so that they nest properly and text so that it stays text.</summary>
internal sealed class MailHtmlWriter(int expected)
{
    /// <summary>Browsers go no deeper than 512; real mails stay below 100.</summary>
    private const int MaxDepth = 200;

    /// <summary>Formatting that is opened again is copied; this many characters in all, lest a small mail become a large one.</summary>
    private const int ReopenBudget = 64 * 1024;

    private readonly StringBuilder html = new(expected);
    private readonly List<(string Name, string Tag)> open = [];
    private readonly Dictionary<string, int> opened = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> tooDeep = new(StringComparer.Ordinal);
    private int reopened;

    public void Start(string name, string tag)
    {
        if (MailHtmlRules.Void.Contains(name))
        {
            if (name == "hr") CloseParagraph();
            html.Append(tag);
            return;
        }

        CloseImplied(name);
        if (open.Count >= MaxDepth)
        {
            tooDeep[name] = tooDeep.GetValueOrDefault(name) + 1;
            return;
        }

        Open(name, tag);
    }

    public void End(string name)
    {
        if (tooDeep.TryGetValue(name, out var ignored) && ignored > 0)
        {
            tooDeep[name] = ignored - 1;
            return;
        }

        if (!IsOpen(name) && !MailHtmlRules.Headings.Contains(name)) return;
        var heading = MailHtmlRules.Headings.Contains(name);
        var part = MailHtmlRules.TableParts.Contains(name);
        for (var i = open.Count - 1; i >= 0; i--)
        {
            var other = open[i].Name;
            if (other == name || (heading && MailHtmlRules.Headings.Contains(other)))
            {
                CloseFrom(i, reopen: !part);
                return;
            }

            if (part ? other == "table" : MailHtmlRules.Scope.Contains(other)) return;
        }
    }

    public void Text(ReadOnlySpan<char> text)
    {
        while (text.Length > 0)
        {
            var special = text.IndexOfAny('<', '>', '\0');
            if (special < 0)
            {
                html.Append(text);
                return;
            }

            html.Append(text[..special]);
            if (text[special] == '<') html.Append("&lt;");
            else if (text[special] == '>') html.Append("&gt;");
            text = text[(special + 1)..];
        }
    }

    /// <summary>Writes markup that holds no open element.</summary>
    public void Whole(string markup) => html.Append(markup);

    public string Finish()
    {
        CloseFrom(0, reopen: false);
        return html.ToString();
    }

    private void Open(string name, string tag)
    {
        open.Add((name, tag));
        opened[name] = opened.GetValueOrDefault(name) + 1;
        html.Append(tag);
    }

    /// <summary>Saves looking through all that is open for what isn't.</summary>
    private bool IsOpen(string name) => opened.GetValueOrDefault(name) > 0;

    private void CloseImplied(string name)
    {
        if (MailHtmlRules.ClosesParagraph.Contains(name)) CloseParagraph();
        switch (name)
        {
            case "li":
                CloseNearest(["li"], ["ul", "ol", "menu", "dir"]);
                break;
            case "dd" or "dt":
                CloseNearest(["dd", "dt"], ["dl"]);
                break;
            case "td" or "th":
                CloseNearest(["td", "th"], ["tr", "table"]);
                break;
            case "tr":
                CloseNearest(["tr"], ["table"]);
                break;
            case "tbody" or "thead" or "tfoot":
                CloseNearest(["tbody", "thead", "tfoot"], ["table"]);
                break;
            case "a":
                CloseNearest(["a"], []);
                break;
            default:
                if (MailHtmlRules.Headings.Contains(name) && open.Count > 0 && MailHtmlRules.Headings.Contains(open[^1].Name)) CloseFrom(open.Count - 1, reopen: false);
                break;
        }
    }

    private void CloseParagraph() => CloseNearest(["p"], []);

    private void CloseNearest(ReadOnlySpan<string> names, ReadOnlySpan<string> stops)
    {
        if (!IsOpen(names[0]) && !IsOpen(names[^1]) && names.Length < 3) return;
        for (var i = open.Count - 1; i >= 0; i--)
        {
            var other = open[i].Name;
            if (names.Contains(other))
            {
                CloseFrom(i, reopen: !MailHtmlRules.TableParts.Contains(other));
                return;
            }

            if (stops.Length == 0 || stops[^1] != "table" ? MailHtmlRules.Scope.Contains(other) || stops.Contains(other) : stops.Contains(other)) return;
        }
    }

    private void CloseFrom(int index, bool reopen)
    {
        var formatting = new List<(string Name, string Tag)>();
        for (var i = open.Count - 1; i >= index; i--)
        {
            html.Append("</").Append(open[i].Name).Append('>');
            opened[open[i].Name]--;
            if (reopen && i > index && MailHtmlRules.Formatting.Contains(open[i].Name)) formatting.Add(open[i]);
        }

        open.RemoveRange(index, open.Count - index);
        for (var i = formatting.Count - 1; i >= 0; i--)
        {
            reopened += formatting[i].Tag.Length;
            if (reopened > ReopenBudget) return;
            Open(formatting[i].Name, formatting[i].Tag);
        }
    }
}
