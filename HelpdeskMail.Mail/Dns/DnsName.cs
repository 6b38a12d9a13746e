using System.Globalization;
using System.Text;

namespace HelpdeskMail.Mail.Dns;

/// <summary>Domain names on the wire: labels of at most 63 bytes, at most 255 in all (RFC 1035 §3.1, §4.1.4).</summary>
internal static class DnsName
{
    public const int LongestLabel = 63;
    public const int LongestName = 255;

    /// <summary>RFC 1035 sets no number; real answers need a handful. Every jump must also go backwards, so there is no loop.</summary>
    private const int MostJumps = 32;

    private static readonly IdnMapping Idn = new() { AllowUnassigned = true };

    /// <summary>Lower case, A-labels (RFC 5890), no final dot; null where it can't be a domain name.</summary>
    public static string? Normalise(string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) return null;
        var text = name.Trim().TrimEnd('.');
        if (text.Length == 0) return null;
        if (!Ascii.IsValid(text))
        {
            try
            {
                text = Idn.GetAscii(text);
            }
            catch (ArgumentException)
            {
                return null;
            }
        }

        var labels = text.ToLowerInvariant().Split('.');
        var length = labels.Sum(label => label.Length + 1) + 1;
        return length <= LongestName && Array.TrueForAll(labels, IsLabel) ? string.Join('.', labels) : null;
    }

    /// <param name="name">Normalised.</param>
    public static void Write(List<byte> to, string name)
    {
        foreach (var label in name.Split('.'))
        {
            to.Add((byte)label.Length);
            to.AddRange(Encoding.ASCII.GetBytes(label));
        }

        to.Add(0);
    }

    /// <summary>Reads a name, following its pointers, and moves <paramref name="at"/> behind it. False: the message is malformed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, ref int at, out string name)
    {
        name = "";
        var text = new StringBuilder();
        var (here, jumps, lowest, end) = (at, 0, at, -1);
        while (here < message.Length)
        {
            var length = message[here];
            if (length == 0)
            {
                at = end < 0 ? here + 1 : end;
                name = text.ToString();
                return true;
            }

            if ((length & 0xC0) == 0xC0)
            {
                if (here + 1 >= message.Length || ++jumps > MostJumps) return false;
                var target = ((length & 0x3F) << 8) | message[here + 1];
                if (target >= lowest) return false; // "a prior occurrence" (§4.1.4): anything else is a loop or leads to one
                if (end < 0) end = here + 2;
                here = lowest = target;
                continue;
            }

            if (length > LongestLabel || here + 1 + length > message.Length) return false;
            if (text.Length > 0) text.Append('.');
            foreach (var c in message.Slice(here + 1, length))
            {
                // A dot or a control character inside a label is legal on the wire and a trap anywhere else.
                if (c is <= 0x20 or >= 0x7F or (byte)'.' or (byte)'\\') return false;
                text.Append(char.ToLowerInvariant((char)c));
            }

            if (text.Length > LongestName) return false;
            here += 1 + length;
        }

        return false;
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= LongestLabel && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
