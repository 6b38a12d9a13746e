using System.Text;

namespace HelpdeskMail.Mail.Mime;

/// <summary>One header field: its name as written, its raw octets (folded, undecoded) and its decoded text.</summary>
public readonly struct Header : IEquatable<Header>
{
    private readonly ReadOnlyMemory<byte> _name;

    internal Header(ReadOnlyMemory<byte> name, ReadOnlyMemory<byte> rawValue)
    {
        _name = name;
        RawValue = rawValue;
    }

    public string Name => Encoding.Latin1.GetString(_name.Span);

    /// <summary>What stands after the colon, with its folding, without the last line break.</summary>
    public ReadOnlyMemory<byte> RawValue { get; }

    /// <summary>Unfolded, encoded words (RFC 2047) and raw 8-bit text decoded.</summary>
    public string Value => HeaderText.Decode(RawValue.Span);

    internal bool Is(string name) => _name.Length == name.Length && System.Text.Ascii.EqualsIgnoreCase(_name.Span, name);

    public bool Equals(Header other) => _name.Equals(other._name) && RawValue.Equals(other.RawValue);

    public override bool Equals(object? obj) => obj is Header other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_name, RawValue);

    public static bool operator ==(Header left, Header right) => left.Equals(right);

    public static bool operator !=(Header left, Header right) => !left.Equals(right);
}
