using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Mail.Imap.Wire;

/// <summary>Reads whole responses: a line, and as long as lines end in a literal's size, that many bytes and the next line.</summary>
internal sealed class ImapResponseReader(MailConnection connection, long maxLiteral)
{
    /// <summary>A SEARCH answer names a million messages in one line.</summary>
    private const int MaxLine = 16 * 1024 * 1024;

    /// <summary>A server that announces more than this for one string is not sending mail; reading past it would never end.</summary>
    private const long MaxSkipped = 2L * 1024 * 1024 * 1024;
    private const int MaxLiterals = 10_000;

    /// <summary>Where literals go; null: an array each.</summary>
    public MessageBuffers? Buffers { get; set; }

    public async ValueTask ReadAsync(ImapResponse response, Deadline deadline, CancellationToken ct)
    {
        response.Clear();
        var room = maxLiteral;
        while (true)
        {
            var line = await connection.ReadLineAsync(deadline, MaxLine, ct);
            if (response.Text.Length + (long)line.Length > MaxLine)
                throw connection.Break(new MailProtocolException(MailFaultKind.Malformed, "The server sent a response longer than any we know."));
            response.Append(line.Span);
            if (LiteralSize(line.Span) is not { } size || IsStatusLine(response.Text))
                return;

            if (size > MaxSkipped || response.Literals.Count >= MaxLiterals)
                throw connection.Break(new MailProtocolException(MailFaultKind.Malformed, $"The server announced a string of {size} bytes."));
            if (size > room)
            {
                await connection.DiscardAsync(size, ct);
                response.AddLiteral(null, size);
                continue;
            }

            // Straight into the memory that is handed out: a message's bytes are copied once, from TLS to here.
            var data = Buffers?.Take((int)size) ?? GC.AllocateUninitializedArray<byte>((int)size);
            await connection.ReadExactlyAsync(data, ct);
            response.AddLiteral(data, size);
            room -= size;
        }
    }

    /// <summary>literal = "{" number ["+"] "}" at a line's end, also "~{…}" (RFC 3516).</summary>
    private static long? LiteralSize(ReadOnlySpan<byte> line)
    {
        if (line.Length < 3 || line[^1] != '}')
            return null;
        var open = line.LastIndexOf((byte)'{');
        if (open < 0)
            return null;
        var digits = line[(open + 1)..^1];
        if (digits.Length > 0 && digits[^1] == '+')
            digits = digits[..^1];
        if (digits.IsEmpty || digits.Length > 18)
            return digits.Length > 18 && digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 ? long.MaxValue : null;
        long size = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
                return null;
            size = size * 10 + (digit - '0');
        }

        return size;
    }

    /// <summary>Status lines end in free text, which may look like a literal and never is one.</summary>
    private static bool IsStatusLine(ReadOnlySpan<byte> text)
    {
        if (text[0] == '+')
            return true;
        var space = text.IndexOf((byte)' ');
        if (space < 0)
            return false;
        var rest = text[(space + 1)..];
        var end = rest.IndexOf((byte)' ');
        var word = end < 0 ? rest : rest[..end];
        return System.Text.Ascii.EqualsIgnoreCase(word, "OK"u8) || System.Text.Ascii.EqualsIgnoreCase(word, "NO"u8)
            || System.Text.Ascii.EqualsIgnoreCase(word, "BAD"u8) || System.Text.Ascii.EqualsIgnoreCase(word, "BYE"u8)
            || System.Text.Ascii.EqualsIgnoreCase(word, "PREAUTH"u8);
    }
}
