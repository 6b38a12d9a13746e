using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using HelpdeskMail.Mail.Addresses;

namespace HelpdeskMail.Mail.Mime;

/// <summary>Writes header fields, folded (RFC 5322 §2.2.3). Every value passes <see cref="Clean"/>, so none can hold a line break.</summary>
internal sealed class HeaderWriter(StringBuilder output)
{
    internal const int Width = 78;
    private const int MaxLine = 998; // RFC 5322 §2.1.1

    internal static FrozenSet<string> Own { get; } = new[]
    {
        "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Message-ID", "Date", "Subject", "In-Reply-To", "References", "MIME-Version",
        "Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "Content-ID",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    internal void Text(string name, string value)
    {
        var words = EncodedWordWriter.Words(Clean(value).Trim(), name.Length + 2);
        Folded(name, words);
    }

    internal void Addresses(string name, IReadOnlyList<MailAddress> addresses)
    {
        if (addresses.Count == 0) return;
        var tokens = new List<string>();
        for (var i = 0; i < addresses.Count; i++)
        {
            var a = addresses[i];
            var spec = Spec(a);
            var comma = i < addresses.Count - 1 ? "," : "";
            if (string.IsNullOrWhiteSpace(a.DisplayName))
            {
                tokens.Add(spec + comma);
                continue;
            }
            tokens.AddRange(EncodedWordWriter.Phrase(Clean(a.DisplayName).Trim()));
            tokens.Add("<" + spec + ">" + comma);
        }
        Folded(name, tokens);
    }

    /// <summary>Identifiers of others. One with letters beyond ASCII can't be written, and nobody would know it in another form.</summary>
    internal void Ids(string name, IReadOnlyList<MessageId> ids)
    {
        var writable = ids.Select(id => id.ToString()).Where(id => Ascii(id) == id).ToList();
        if (writable.Count > 0) Folded(name, writable);
    }

    internal void Id(string name, MessageId id) => Folded(name, [Ascii(id.ToString())]);

    internal void Date(string name, DateTimeOffset date) =>
        Raw(name, date.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture) + date.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal));

    /// <summary>A field made of constants of ours.</summary>
    internal void Raw(string name, string value) => output.Append(name).Append(": ").Append(value).Append("\r\n");

    /// <summary>A value with one parameter that may hold any text: quoted where it is short ASCII, in RFC 2231 form else.</summary>
    internal void Parameter(string name, string value, string parameter, string? content)
    {
        output.Append(name).Append(": ").Append(value);
        if (content is not null) ParameterWriter.Append(output, parameter, Clean(content));
        output.Append("\r\n");
    }

    /// <summary>Line breaks and other control characters become blanks, halves of surrogate pairs U+FFFD.</summary>
    internal static string Clean(string value)
    {
        var bad = false;
        foreach (var c in value) bad |= char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029';
        if (!bad) return value;
        var b = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes())
            b.Append(Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029 ? " " : rune.ToString());
        return b.ToString();
    }

    private static string Spec(MailAddress a)
    {
        var local = Clean(a.Domain.Length == 0 ? a.Address : a.Address[..(a.Address.Length - a.Domain.Length - 1)]);
        var domain = a.NeedsSmtpUtf8 ? a.Domain : a.AsciiDomain ?? a.Domain;
        domain = string.Concat(Clean(domain).Where(c => c is > ' ' and not ('<' or '>' or ',' or ';' or '"' or '(' or ')')));
        return domain.Length == 0 ? local : local + "@" + domain;
    }

    private static string Ascii(string s) => string.Concat(s.Where(c => c is > ' ' and < '\u007f'));

    private void Folded(string name, IReadOnlyList<string> tokens)
    {
        output.Append(name).Append(':');
        var column = name.Length + 1;
        foreach (var token in tokens)
        {
            if ((column > name.Length + 1 && column + 1 + token.Length > Width) || column + 1 + token.Length > MaxLine)
            {
                output.Append("\r\n");
                column = 0;
            }
            output.Append(' ').Append(token);
            column += 1 + token.Length;
        }
        output.Append("\r\n");
    }
}
