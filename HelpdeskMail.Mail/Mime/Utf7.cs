using System.Text;

namespace HelpdeskMail.Mail.Mime;

/// <summary>UTF-7 (RFC 2152), for old mail; .NET no longer decodes it.</summary>
internal static class Utf7
{
    internal static string Decode(ReadOnlySpan<byte> s)
    {
        var output = new StringBuilder(s.Length);
        for (var i = 0; i < s.Length; i++)
        {
            if (s[i] != '+')
            {
                output.Append((char)s[i]);
                continue;
            }
            if (i + 1 < s.Length && s[i + 1] == '-')
            {
                output.Append('+');
                i++;
                continue;
            }
            i = Shifted(s, i + 1, output) - 1;
        }
        return output.ToString();
    }

    // UTF-16 in base64 up to the first octet outside the alphabet; a closing "-" is swallowed.
    private static int Shifted(ReadOnlySpan<byte> s, int at, StringBuilder output)
    {
        uint bits = 0;
        var have = 0;
        for (; at < s.Length && Base64.IsAlphabet(s[at]); at++)
        {
            bits = bits << 6 | (uint)Base64.ValueOf(s[at]);
            have += 6;
            if (have < 16) continue;
            have -= 16;
            output.Append((char)(bits >> have & 0xFFFF));
        }
        return at < s.Length && s[at] == '-' ? at + 1 : at;
    }
}
