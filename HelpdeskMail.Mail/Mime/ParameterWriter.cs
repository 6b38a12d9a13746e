using System.Globalization;
using System.Text;

namespace HelpdeskMail.Mail.Mime;

/// <summary>Parameters of MIME fields, each on a line of its own; RFC 2231 §3 and §4 for what is long or not ASCII.</summary>
internal static class ParameterWriter
{
    private const int Chunk = 50;

    internal static void Append(StringBuilder output, string name, string value)
    {
        if (value.Length <= Chunk && Ascii.IsValid(value) && !value.Contains("=?", StringComparison.Ordinal)) // many readers take encoded words here
        {
            output.Append(";\r\n\t").Append(name).Append("=\"").Append(value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
            return;
        }
        var pieces = Pieces(value);
        for (var i = 0; i < pieces.Count; i++)
        {
            output.Append(";\r\n\t").Append(name).Append('*');
            if (pieces.Count > 1) output.Append(i.ToString(CultureInfo.InvariantCulture)).Append('*');
            output.Append('=');
            if (i == 0) output.Append("utf-8''");
            output.Append(pieces[i]);
        }
    }

    private static List<string> Pieces(string value)
    {
        var pieces = new List<string>();
        var b = new StringBuilder();
        Span<byte> octets = stackalloc byte[4];
        foreach (var rune in value.EnumerateRunes())
        {
            if (b.Length >= Chunk)
            {
                pieces.Add(b.ToString());
                b.Clear();
            }
            var n = rune.EncodeToUtf8(octets);
            foreach (var o in octets[..n])
            {
                // attribute-char, RFC 2231 §7
                if (o < 0x80 && (char.IsAsciiLetterOrDigit((char)o) || "!#$&+-.^_`{|}~".Contains((char)o, StringComparison.Ordinal))) b.Append((char)o);
                else b.Append(CultureInfo.InvariantCulture, $"%{o:X2}");
            }
        }
        pieces.Add(b.ToString());
        return pieces;
    }
}
