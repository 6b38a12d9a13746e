using HelpdeskMail.Mail.Imap.Wire;

namespace HelpdeskMail.Mail.Imap.Commands;

/// <summary>The items of one FETCH response that we know (RFC 9051 §7.5.2); the others are read past.</summary>
internal ref struct FetchItems
{
    public uint? Uid;
    public List<string>? Flags;
    public DateTimeOffset? InternalDate;
    public long? Size;
    public ulong? ModSeq;
    public ReadOnlyMemory<byte>? Body;
    public bool BodyTooLarge;

    public static FetchItems Read(ref ImapParser parser)
    {
        var items = new FetchItems();
        parser.SkipSpaces();
        parser.Expect('(');
        parser.SkipSpaces();
        while (!parser.TryRead(')'))
        {
            items.ReadItem(ref parser);
            parser.SkipSpaces();
        }

        return items;
    }

    private void ReadItem(ref ImapParser parser)
    {
        var name = parser.ReadWhileAtom();
        if (name.IsEmpty)
            throw parser.Expected("fetch item");
        if (Is(name, "BODY"u8) || Is(name, "BINARY"u8) || Is(name, "RFC822"u8))
        {
            ReadBody(ref parser);
            return;
        }

        parser.SkipSpaces();
        if (Is(name, "UID"u8))
            Uid = parser.ReadNzNumber();
        else if (Is(name, "FLAGS"u8))
            Flags = parser.ReadFlagList();
        else if (Is(name, "INTERNALDATE"u8))
            InternalDate = ImapDate.Parse(parser.ReadNStringBytes());
        else if (Is(name, "RFC822.SIZE"u8) && parser.TryReadNumber(out var size))
            Size = (long)Math.Min(size, long.MaxValue);
        else if (Is(name, "MODSEQ"u8) && parser.TryRead('('))
        {
            // Quirk: Zoho sends -1 for messages that were never changed.
            if (parser.TryReadNumber(out var modSeq))
                ModSeq = modSeq;
            else
                parser.SkipValue();
            parser.Expect(')');
        }
        else
            parser.SkipValue();
    }

    /// <summary>BODY[] or BODY[]&lt;0&gt; with the text, or BODY with the structure in parentheses.</summary>
    private void ReadBody(ref ImapParser parser)
    {
        if (parser.TryRead('['))
            parser.SkipToClosingBracket();
        if (parser.TryRead('<'))
        {
            parser.ReadNumber();
            parser.Expect('>');
        }

        parser.SkipSpaces();
        if (parser.Sees('('))
        {
            parser.SkipValue();
            return;
        }

        if (parser.TryReadLiteral(out var literal))
        {
            Body = literal.Data;
            BodyTooLarge = literal.Data is null;
            Size ??= literal.Size;
            return;
        }

        Body = parser.ReadNStringBytes() is { } text ? (ReadOnlyMemory<byte>?)text : null;
    }

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> expected) => System.Text.Ascii.EqualsIgnoreCase(name, expected);
}
