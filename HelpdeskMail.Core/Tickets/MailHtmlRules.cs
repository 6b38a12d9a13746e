using System.Collections.Frozen;

namespace HelpdeskMail.Core.Tickets;

/// <summary>What mail HTML may hold. Everything that isn't here goes: the tag, and where it says so its content.</summary>
internal static class MailHtmlRules
{
    /// <summary>Elements and the attributes of their own (beside <see cref="Global"/>) that are copied.</summary>
    public static readonly FrozenDictionary<string, string[]> Elements = Build(
        ("abbr acronym address article aside b bdi bdo big blockquote center cite code dd del dfn dir dl dt em figcaption figure footer header i ins kbd main mark menu nav p pre q rp rt ruby s samp section small span strike strong sub summary sup tt u var wbr", []),
        ("a", ["href", "name"]),
        ("area", ["href", "shape", "coords", "alt"]),
        ("br", ["clear"]),
        ("caption div h1 h2 h3 h4 h5 h6", []),
        ("col colgroup", ["span", "width"]),
        ("details", ["open"]),
        ("font", ["color", "face", "size"]),
        ("hr", ["width", "size", "color", "noshade"]),
        ("img", ["src", "alt", "width", "height", "border", "hspace", "vspace", "usemap"]),
        ("li", ["value", "type"]),
        ("map", ["name"]),
        ("ol", ["start", "type", "reversed"]),
        ("table", ["width", "height", "border", "cellpadding", "cellspacing", "rules", "frame", "bgcolor", "background"]),
        ("tbody thead tfoot tr", ["height", "bgcolor", "background"]),
        ("td th", ["width", "height", "colspan", "rowspan", "nowrap", "scope", "bgcolor", "background"]),
        ("time", ["datetime"]),
        ("ul", ["type"]));

    public static readonly FrozenSet<string> Global = Set("align valign class dir id lang role title aria-label aria-hidden");

    public static readonly FrozenSet<string> Void = Set("area br col hr img wbr");

    /// <summary>Elements whose text a browser reads without looking for tags; all but style go with it.</summary>
    public static readonly FrozenSet<string> Raw = Set("script style title textarea xmp iframe noembed noframes");

    /// <summary>Elements that go with their content where they are closed.</summary>
    public static readonly FrozenSet<string> Dropped = Set("svg math template select datalist applet canvas frameset");

    /// <summary>Start tags that end an open paragraph (§13.2.6.4.7).</summary>
    public static readonly FrozenSet<string> ClosesParagraph = Set(
        "address article aside blockquote center details dir div dl dd dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main menu nav ol p pre section summary table ul");

    /// <summary>Elements that go on after the block around them was closed (§13.2.4.3).</summary>
    public static readonly FrozenSet<string> Formatting = Set("b big code em font i s small strike strong tt u");

    public static readonly FrozenSet<string> Headings = Set("h1 h2 h3 h4 h5 h6");

    /// <summary>Elements that keep what is inside from ending what is outside.</summary>
    public static readonly FrozenSet<string> Scope = Set("table td th caption");

    public static readonly FrozenSet<string> TableParts = Set("table tbody thead tfoot tr td th caption");

    private static FrozenSet<string> Set(string names) => names.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static FrozenDictionary<string, string[]> Build(params (string Names, string[] Attributes)[] rows) =>
        rows.SelectMany(row => row.Names.Split(' ').Select(name => (name, row.Attributes))).ToFrozenDictionary(row => row.name, row => row.Attributes, StringComparer.Ordinal);
}
