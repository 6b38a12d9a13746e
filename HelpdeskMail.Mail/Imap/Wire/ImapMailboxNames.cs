using System.Text;

namespace HelpdeskMail.Mail.Imap.Wire;

/// <summary>Mailbox names on the wire: modified UTF-7 (RFC 3501 §5.1.3), or UTF-8 once the server has enabled it (RFC 6855, RFC 9051).</summary>
internal sealed class ImapMailboxNames
{
    private const string Base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

    public bool IsUtf8 { get; set; }

    public string Encode(string name) => IsUtf8 ? name : ToUtf7(name);

    public string Decode(ReadOnlySpan<byte> wire)
    {
        var text = Encoding.UTF8.GetString(wire);
        // Quirk: some servers send raw UTF-8 without being asked; a name that isn't valid UTF-7 is taken as it stands.
        return IsUtf8 || !Ascii.IsValid(wire) ? text : FromUtf7(text) ?? text;
    }

    public static string ToUtf7(string name)
    {
        var result = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length;)
        {
            var c = name[i];
            if (c is >= ' ' and <= '~')
            {
                result.Append(c == '&' ? "&-" : c.ToString());
                i++;
                continue;
            }

            result.Append('&');
            int bits = 0, pending = 0;
            for (; i < name.Length && name[i] is not (>= ' ' and <= '~'); i++)
            {
                bits = (bits << 16) | name[i];
                for (pending += 16; pending >= 6; pending -= 6)
                    result.Append(Base64[(bits >> (pending - 6)) & 63]);
                bits &= (1 << pending) - 1;
            }

            if (pending > 0)
                result.Append(Base64[(bits << (6 - pending)) & 63]);
            result.Append('-');
        }

        return result.ToString();
    }

    /// <summary>Null where it is not modified UTF-7.</summary>
    public static string? FromUtf7(string wire)
    {
        if (!wire.Contains('&'))
            return wire;
        var result = new StringBuilder(wire.Length);
        for (var i = 0; i < wire.Length; i++)
        {
            if (wire[i] != '&')
            {
                result.Append(wire[i]);
                continue;
            }

            var end = wire.IndexOf('-', i);
            if (end < 0)
                return null;
            if (end == i + 1)
                result.Append('&');
            int bits = 0, pending = 0;
            for (i++; i < end; i++)
            {
                var value = Base64.IndexOf(wire[i]);
                if (value < 0)
                    return null;
                bits = (bits << 6) | value;
                if ((pending += 6) < 16)
                    continue;
                pending -= 16;
                result.Append((char)(bits >> pending));
                bits &= (1 << pending) - 1;
            }
        }

        return result.ToString();
    }
}
