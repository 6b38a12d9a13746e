using System.Text;
using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Mail.Addresses;

/// <summary>local@domain (RFC 5322 §3.4.1) with the obsolete route, blanks and comments (§4.4) taken out.</summary>
internal static class AddrSpec
{
    private const int MaxLength = 1000;

    internal static MailAddress? Read(ReadOnlySpan<char> spec)
    {
        spec = spec.Trim();
        if (spec.IsEmpty || spec.Length > MaxLength) return null;
        if (spec.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)) spec = spec[7..(spec.IndexOf('?') is var query and > 7 ? query : spec.Length)];
        if (spec.StartsWith("smtp:", StringComparison.OrdinalIgnoreCase)) spec = spec[5..];
        if (spec.StartsWith("=?")) spec = EncodedWords.Decode(spec.ToString());
        if (spec.Contains('(')) spec = WithoutComments(spec);
        if (spec.Length > 2 && spec[0] == '\'' && spec[^1] == '\'') spec = spec[1..^1];
        if (spec.Length > 0 && spec[0] == '@' && spec.IndexOf(':') is var route and > 0) spec = spec[(route + 1)..];
        var sign = spec.LastIndexOf('@');
        var local = sign < 0 ? spec : spec[..sign];
        var domain = sign < 0 ? default : spec[(sign + 1)..];
        if (!CanBeLocal(local) || domain.Contains('"')) return null;
        var localText = Local(local);
        var domainText = Squeeze(domain).Trim('\'', '"', ';', ',');
        if (localText.Length == 0) return null;
        return new MailAddress(null, localText, MailAddress.DisplayDomain(domainText));
    }

    // Words side by side ("Undisclosed Recipients@…") and specials outside quotes are no local part; doubled dots are, some carriers give them out.
    private static bool CanBeLocal(ReadOnlySpan<char> local)
    {
        local = local.Trim();
        if (local.Contains('"')) return true;
        if (local.IndexOfAny(":;\\<>,") >= 0 || local.IndexOfAnyExcept('.', ' ') < 0) return false;
        for (var i = local.IndexOf(' '); i > 0 && i < local.Length - 1; i++)
            if (local[i] == ' ' && local[i - 1] is not ('.' or ' ') && local[(i + 1)..].TrimStart()[0] != '.') return false;
        return true;
    }

    internal static string WithoutComments(ReadOnlySpan<char> s)
    {
        var b = new StringBuilder(s.Length);
        var depth = 0;
        var quoted = false;
        var last = s.LastIndexOf(')');
        for (var i = 0; i < s.Length; i++)
        {
            var c = s[i];
            if (c == '\\' && i + 1 < s.Length)
            {
                if (depth == 0) b.Append(c).Append(s[i + 1]);
                i++;
            }
            else if (c == '"' && depth == 0)
            {
                quoted = !quoted;
                b.Append(c);
            }
            else if (!quoted && c == '(' && i < last) depth++;
            else if (depth > 0 && c == ')') depth--;
            else if (depth == 0) b.Append(c);
        }
        return b.ToString();
    }

    private static string Local(ReadOnlySpan<char> local)
    {
        local = local.Trim();
        if (!local.Contains('"')) return Squeeze(local);
        var b = new StringBuilder(local.Length);
        var quoted = false;
        for (var i = 0; i < local.Length; i++)
        {
            var c = local[i];
            if (c == '"') quoted = !quoted;
            else if (c == '\\' && i + 1 < local.Length) b.Append(local[++i]);
            else if (quoted || c is not (' ' or '\t')) b.Append(c);
        }
        return b.ToString();
    }

    private static string Squeeze(ReadOnlySpan<char> s)
    {
        if (s.IndexOfAny(" \t\r\n") < 0) return s.ToString();
        var b = new StringBuilder(s.Length);
        foreach (var c in s)
            if (c is not (' ' or '\t' or '\r' or '\n')) b.Append(c);
        return b.ToString();
    }
}
