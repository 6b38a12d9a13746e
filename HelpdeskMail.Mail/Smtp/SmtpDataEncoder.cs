namespace HelpdeskMail.Mail.Smtp;

/// <summary>
/// A message as DATA wants it (RFC 5321 §4.5.2): every line ends in CRLF, a leading dot is doubled, a single dot ends it. Bare CR and bare
/// LF become CRLF: servers differ over them, and that difference is how a second message is smuggled in.
/// </summary>
internal sealed class SmtpDataEncoder(ReadOnlyMemory<byte> message)
{
    private const int BlockSize = 64 * 1024;

    private bool _lineStart = true;

    /// <summary>What ends the message, once all blocks have been taken: kept apart, because it is the point of no return.</summary>
    public ReadOnlyMemory<byte> FinalDot => _lineStart ? ".\r\n"u8.ToArray() : "\r\n.\r\n"u8.ToArray();

    /// <summary>The message without its end. A block is valid until the next is taken.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Blocks()
    {
        var block = new byte[BlockSize];
        var length = 0;
        var position = 0;
        while (position < message.Length)
        {
            if (length > BlockSize - 1024)
            {
                yield return block.AsMemory(0, length);
                length = 0;
            }

            position += EncodeSome(message.Span[position..], block, ref length);
        }

        if (length > 0)
            yield return block.AsMemory(0, length);
    }

    /// <summary>Takes up to the end of a line, or as much of it as fits well.</summary>
    private int EncodeSome(ReadOnlySpan<byte> rest, byte[] block, ref int length)
    {
        if (_lineStart && rest[0] == '.')
            block[length++] = (byte)'.';
        _lineStart = false;

        var end = rest.IndexOfAny((byte)'\r', (byte)'\n');
        var text = end < 0 ? rest.Length : end;
        var room = BlockSize - length - 8;
        if (text > room || end < 0)
        {
            text = Math.Min(text, room);
            rest[..text].CopyTo(block.AsSpan(length));
            length += text;
            return text;
        }

        rest[..text].CopyTo(block.AsSpan(length));
        length += text;
        block[length++] = (byte)'\r';
        block[length++] = (byte)'\n';
        _lineStart = true;
        return text + (rest[text] == '\r' && text + 1 < rest.Length && rest[text + 1] == '\n' ? 2 : 1);
    }
}
