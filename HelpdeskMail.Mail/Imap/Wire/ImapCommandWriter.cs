using System.Buffers;
using System.Globalization;
using System.Text;

namespace HelpdeskMail.Mail.Imap.Wire;

/// <summary>
/// Builds one command, piece by piece; refuses CR, LF and NUL everywhere but in literals. Beside the bytes it keeps the text for the
/// trace, in which secrets never stood.
/// </summary>
internal sealed class ImapCommandWriter(ImapMailboxNames names, bool literalPlus, bool literalMinus)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly StringBuilder _trace = new();

    /// <summary>Positions before which the server's "+" has to be waited for (RFC 9051 §4.3).</summary>
    public List<int> SyncPoints { get; } = [];

    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    public string TraceText => _trace.ToString();

    /// <summary>Words of the protocol, written by us in this program's text.</summary>
    public ImapCommandWriter Keyword(string word) => Raw(word, word);

    public ImapCommandWriter Space() => Raw(" ", " ");

    public ImapCommandWriter Number(ulong value) => Keyword(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A flag or keyword that came from outside: must be an atom.</summary>
    public ImapCommandWriter Flag(string flag)
    {
        var atom = flag.StartsWith('\\') ? flag[1..] : flag;
        if (atom.Length == 0 || atom.Any(c => c <= 0x20 || c >= 0x7f || "(){%*\"\\]".Contains(c)))
            throw new ArgumentException($"Not an IMAP flag: {flag}", nameof(flag));
        return Keyword(flag);
    }

    public ImapCommandWriter Flags(IEnumerable<string> flags)
    {
        Keyword("(");
        var first = true;
        foreach (var flag in flags)
        {
            if (!first)
                Space();
            first = false;
            Flag(flag);
        }

        return Keyword(")");
    }

    public ImapCommandWriter Mailbox(string name)
    {
        var encoded = names.Encode(name);
        return String(encoded, names.IsUtf8);
    }

    /// <summary>LIST's pattern: like a mailbox, with * and % meaning what they mean.</summary>
    public ImapCommandWriter Pattern(string pattern) => Mailbox(pattern);

    public ImapCommandWriter Uids(UidSet uids) => Keyword(uids.ToString());

    public ImapCommandWriter String(string value) => String(value, names.IsUtf8);

    public ImapCommandWriter Secret(string value) => String(value, utf8Quoted: false, secret: true);

    /// <summary>A secret that is an atom by its making, like base64.</summary>
    public ImapCommandWriter SecretWord(string word) => Raw(word, Transport.ProtocolTrace.Mask);

    public ImapCommandWriter Literal(ReadOnlyMemory<byte> data, string? traceText = null)
    {
        // LITERAL- (RFC 7888) allows up to 4096 bytes without asking.
        var withoutAsking = literalPlus || (literalMinus && data.Length <= 4096);
        var head = string.Create(CultureInfo.InvariantCulture, $"{{{data.Length}{(withoutAsking ? "+" : "")}}}\r\n");
        Append(Encoding.ASCII.GetBytes(head));
        if (!withoutAsking)
            SyncPoints.Add(_bytes.WrittenCount);
        Append(data.Span);
        _trace.Append(head.AsSpan(0, head.Length - 2)).Append(' ').Append(traceText ?? $"<{data.Length} bytes>");
        return this;
    }

    public ImapCommandWriter End()
    {
        Append("\r\n"u8);
        return this;
    }

    private ImapCommandWriter String(string value, bool utf8Quoted, bool secret = false)
    {
        Refuse(value);
        if (!Ascii.IsValid(value) && !utf8Quoted)
            return Literal(Encoding.UTF8.GetBytes(value), secret ? Transport.ProtocolTrace.Mask : value);
        var quoted = '"' + value.Replace("\\", "\\\\").Replace("\"", "\\\"") + '"';
        return Raw(quoted, secret ? Transport.ProtocolTrace.Mask : quoted);
    }

    private ImapCommandWriter Raw(string text, string trace)
    {
        Refuse(text);
        Append(Encoding.UTF8.GetBytes(text));
        _trace.Append(trace);
        return this;
    }

    private void Append(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);

    private static void Refuse(string value)
    {
        if (value.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0)
            throw new ArgumentException("CR, LF and NUL have no place in an IMAP command.", nameof(value));
    }
}
