using System.Text;

namespace HelpdeskMail.Mail.Imap.Wire;

/// <summary>
/// The grammar of RFC 9051 §9 over one response. Methods are named after productions; TryRead… leaves the position where it was when
/// the production is not there, Read… and Expect… throw <see cref="ImapSyntaxException"/>.
/// </summary>
internal ref struct ImapParser(ImapResponse response)
{
    private readonly ReadOnlySpan<byte> _text = response.Text;
    private readonly List<ImapLiteral> _literals = response.Literals;
    private int _at;

    public readonly bool AtEnd => _at >= _text.Length;

    public readonly int Position => _at;

    public readonly ImapSyntaxException Expected(string what) => new(what, _at);

    public bool TryRead(char c)
    {
        if (AtEnd || _text[_at] != c)
            return false;
        _at++;
        return true;
    }

    public void Expect(char c)
    {
        if (!TryRead(c))
            throw Expected($"'{c}'");
    }

    public readonly bool Sees(char c) => !AtEnd && _text[_at] == c;

    /// <summary>SP, and more of them: several servers double it (quirk: Exchange, Domino).</summary>
    public void ExpectSpace()
    {
        Expect(' ');
        SkipSpaces();
    }

    public void SkipSpaces()
    {
        while (TryRead(' '))
        {
        }
    }

    /// <summary>The word up to the next special; empty where there is none.</summary>
    public ReadOnlySpan<byte> ReadWhileAtom()
    {
        var start = _at;
        while (!AtEnd && IsAtomChar(_text[_at]))
            _at++;
        return _text[start.._at];
    }

    public string ReadAtom()
    {
        var atom = ReadWhileAtom();
        return atom.IsEmpty ? throw Expected("atom") : Encoding.UTF8.GetString(atom);
    }

    public bool TryReadAtom(ReadOnlySpan<byte> expected)
    {
        var start = _at;
        if (Ascii.EqualsIgnoreCase(ReadWhileAtom(), expected))
            return true;
        _at = start;
        return false;
    }

    public bool TryReadNumber(out ulong value)
    {
        value = 0;
        var start = _at;
        while (!AtEnd && char.IsAsciiDigit((char)_text[_at]) && _at - start < 19)
            value = value * 10 + (ulong)(_text[_at++] - '0');
        return _at > start;
    }

    public ulong ReadNumber() => TryReadNumber(out var value) ? value : throw Expected("number");

    public uint ReadNzNumber() => TryReadNumber(out var value) && value is > 0 and <= uint.MaxValue ? (uint)value : throw Expected("nz-number");

    /// <summary>flag = "\" atom / atom / "\*"</summary>
    public string ReadFlag()
    {
        var start = _at;
        TryRead('\\');
        if (!TryRead('*'))
            ReadWhileAtom();
        return _at > start ? Encoding.UTF8.GetString(_text[start.._at]) : throw Expected("flag");
    }

    public List<string> ReadFlagList()
    {
        var flags = new List<string>(4);
        Expect('(');
        SkipSpaces();
        while (!TryRead(')'))
        {
            flags.Add(ReadFlag());
            SkipSpaces();
        }

        return flags;
    }

    /// <summary>string, or null for NIL; a literal that was read past is null too.</summary>
    public byte[]? ReadNStringBytes()
    {
        if (TryReadLiteral(out var literal))
            return literal.Data?.ToArray();
        if (Sees('"'))
            return ReadQuotedBytes();
        return TryReadAtom("NIL"u8) ? null : throw Expected("nstring");
    }

    public string? ReadNString() => ReadNStringBytes() is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>astring, also with the characters in an atom that a careless server leaves unquoted.</summary>
    public byte[] ReadAStringBytes()
    {
        if (TryReadLiteral(out var literal))
            return literal.Data?.ToArray() ?? throw Expected("a shorter literal");
        if (Sees('"'))
            return ReadQuotedBytes();
        var start = _at;
        while (!AtEnd && (IsAtomChar(_text[_at]) || _text[_at] is (byte)']' or (byte)'%' or (byte)'*' or (byte)'\\'))
            _at++;
        return _at > start ? _text[start.._at].ToArray() : throw Expected("astring");
    }

    public bool TryReadLiteral(out ImapLiteral literal)
    {
        literal = default;
        var start = _at;
        TryRead('~');
        if (!Sees('{'))
        {
            _at = start;
            return false;
        }

        foreach (var candidate in _literals)
        {
            var open = _at;
            if (candidate.Offset <= open)
                continue;
            // The first literal behind this brace is ours only if nothing but its size stands between.
            if (_text[open..candidate.Offset].IndexOf((byte)'}') != candidate.Offset - open - 1)
                break;
            literal = candidate;
            _at = candidate.Offset;
            return true;
        }

        _at = start;
        return false;
    }

    public byte[] ReadQuotedBytes()
    {
        Expect('"');
        var start = _at;
        var escapes = false;
        while (true)
        {
            if (AtEnd)
                throw Expected("closing quote");
            var c = _text[_at++];
            if (c == '"')
                break;
            if (c != '\\')
                continue;
            escapes = true;
            _at++;
        }

        var inside = _text[start..(_at - 1)];
        if (!escapes)
            return inside.ToArray();
        var plain = new List<byte>(inside.Length);
        for (var i = 0; i < inside.Length; i++)
        {
            if (inside[i] == '\\' && i + 1 < inside.Length)
                i++;
            plain.Add(inside[i]);
        }

        return [.. plain];
    }

    /// <summary>resp-text-code inside its brackets, without them; empty where there is none.</summary>
    public string ReadResponseCode()
    {
        if (!TryRead('['))
            return "";
        var start = _at;
        var quoted = false;
        for (; !AtEnd; _at++)
        {
            if (_text[_at] == '"')
                quoted = !quoted;
            if (_text[_at] != ']' || quoted)
                continue;
            var code = Encoding.UTF8.GetString(_text[start.._at++]);
            SkipSpaces();
            return code;
        }

        // No closing bracket: it was free text after all.
        _at = start - 1;
        return "";
    }

    public string ReadRest()
    {
        var rest = Encoding.UTF8.GetString(_text[_at..]);
        _at = _text.Length;
        return rest;
    }

    /// <summary>Any value, read past: atom, string, literal, or a list of them, nested no deeper than a server has reason to.</summary>
    public void SkipValue(int depth = 0)
    {
        if (depth > 100)
            throw Expected("less nesting");
        if (TryRead('('))
        {
            SkipSpaces();
            while (!TryRead(')'))
            {
                SkipValue(depth + 1);
                SkipSpaces();
            }

            return;
        }

        if (TryReadLiteral(out _))
            return;
        if (Sees('"'))
        {
            ReadQuotedBytes();
            return;
        }

        var start = _at;
        while (!AtEnd && _text[_at] is not ((byte)' ' or (byte)'(' or (byte)')'))
        {
            // BODY[HEADER.FIELDS (A B)]: a bracket holds its own spaces and parentheses.
            if (_text[_at++] == '[')
                SkipToClosingBracket();
        }

        if (_at == start)
            throw Expected("value");
    }

    public void SkipToClosingBracket()
    {
        while (!AtEnd)
        {
            if (_text[_at++] == ']')
                return;
        }

        throw Expected("']'");
    }

    private static bool IsAtomChar(byte c) =>
        c > 0x20 && c != 0x7f && c is not ((byte)'(' or (byte)')' or (byte)'{' or (byte)'%' or (byte)'*' or (byte)'"' or (byte)'\\' or (byte)']' or (byte)'[');
}
