using System.Text;
using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Mail.Reports;

/// <summary>Authentication-Results (RFC 8601) of a host one trusts. Anybody can write the field (§7.1); only what our own server put on top counts (§4.1, §5),
/// and never one inside a forwarded message (§7.10).</summary>
public static class AuthenticationResults
{
    private const string Field = "Authentication-Results";
    private const int MaxResults = 50;
    private const int MaxFields = 20;
    private const int MaxLength = 16 * 1024;

    /// <summary>The results that <paramref name="trustedHost"/> gave, from the topmost of its fields; empty where it gave none.</summary>
    public static IReadOnlyList<AuthenticationResult> Read(HeaderList headers, string trustedHost)
    {
        ArgumentException.ThrowIfNullOrEmpty(trustedHost);
        return Read(headers, [trustedHost])?.Results ?? [];
    }

    /// <summary>The topmost field that one of the trusted hosts wrote: which of them, and its results. Null: there is none. What stands below it is not looked
    /// at, whoever it says it is by: the sender may have written it.</summary>
    public static (string Host, IReadOnlyList<AuthenticationResult> Results)? Read(HeaderList headers, IReadOnlyCollection<string> trustedHosts)
    {
        ArgumentNullException.ThrowIfNull(headers);
        ArgumentNullException.ThrowIfNull(trustedHosts);
        foreach (var value in headers.All(Field).Take(MaxFields))
        {
            var sections = Sections(value);
            if (Host(sections[0]) is not { } host || !trustedHosts.Contains(host, StringComparer.OrdinalIgnoreCase)) continue;
            return (host.ToLowerInvariant(), [.. sections.Skip(1).Take(MaxResults).Select(Parse).OfType<AuthenticationResult>()]);
        }
        return null;
    }

    /// <summary>The authserv-id (§2.5) of the topmost field; null: there is none that can be read.</summary>
    public static string? TopmostHost(HeaderList headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        return headers.All(Field).FirstOrDefault() is { } value ? Host(Sections(value)[0])?.ToLowerInvariant() : null;
    }

    // authserv-id [CFWS version] (§2.2); of a version that isn't 1 nothing is known
    private static string? Host(string section)
    {
        var at = 0;
        var host = Value(section, ref at);
        var version = section[at..].Trim();
        return host.Length > 0 && version is "" or "1" ? host : null;
    }

    private static AuthenticationResult? Parse(string section)
    {
        var at = 0;
        if (Pair(section, ref at) is not var (method, result) || result.Length == 0) return null; // "none"
        var properties = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (at < section.Length && Pair(section, ref at) is var (name, value)) properties.TryAdd(name, value);
        return new AuthenticationResult(method.Split('/')[0].Trim(), result.ToLowerInvariant(), properties);
    }

    /// <summary>name "=" value, with white space around the sign; null at the end, or where there is no sign.</summary>
    private static (string Name, string Value)? Pair(string text, ref int at)
    {
        var sign = text.IndexOf('=', at);
        if (sign < 0) return null;
        // "smtp . mailfrom" and "dkim / 1" may have spaces inside; of several words before the sign only the last is the name
        var name = text[at..sign].Replace(" . ", ".", StringComparison.Ordinal).Replace(" / ", "/", StringComparison.Ordinal).Trim();
        at = sign + 1;
        while (at < text.Length && text[at] == ' ') at++;
        var value = Value(text, ref at);
        return (name[(name.LastIndexOf(' ') + 1)..].ToLowerInvariant(), value);
    }

    /// <summary>A quoted string, or what stands up to the next space.</summary>
    private static string Value(string text, ref int at)
    {
        while (at < text.Length && text[at] == ' ') at++;
        if (at >= text.Length || text[at] != '"')
        {
            var end = text.IndexOf(' ', at);
            if (end < 0) end = text.Length;
            var word = text[at..end];
            at = end;
            return word;
        }
        var value = new StringBuilder();
        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length) at++;
            value.Append(text[at]);
        }
        at = Math.Min(at + 1, text.Length);
        return value.ToString();
    }

    /// <summary>Cut at ";" outside of quotes; comments (RFC 5322 §3.2.2, they nest) and folds become a space.</summary>
    private static List<string> Sections(string value)
    {
        var sections = new List<string>();
        var section = new StringBuilder();
        var (depth, quoted) = (0, false);
        for (var i = 0; i < Math.Min(value.Length, MaxLength); i++)
        {
            var c = value[i];
            if (c == '\\' && (quoted || depth > 0) && i + 1 < value.Length)
            {
                i++;
                if (quoted) section.Append(c).Append(value[i]);
            }
            else if (depth > 0) depth += c switch { '(' => 1, ')' => -1, _ => 0 };
            else if (c == '"') (quoted, _) = (!quoted, section.Append(c));
            else if (quoted) section.Append(c);
            else if (c == '(') (depth, _) = (1, Space(section));
            else if (c is ' ' or '\t' or '\r' or '\n') Space(section);
            else if (c == ';')
            {
                sections.Add(section.ToString().Trim());
                section.Clear();
            }
            else section.Append(c);
        }
        sections.Add(section.ToString().Trim());
        return sections;
    }

    private static StringBuilder Space(StringBuilder text) => text.Length > 0 && text[^1] != ' ' ? text.Append(' ') : text;
}
