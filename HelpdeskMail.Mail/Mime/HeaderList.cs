using System.Collections;
using System.Text;

namespace HelpdeskMail.Mail.Mime;

/// <summary>The fields of one header block in their order; names compare without case. Values are decoded when asked for.</summary>
public sealed class HeaderList : IReadOnlyList<Header>
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly HeaderField[] _fields;

    internal HeaderList(ReadOnlyMemory<byte> bytes, HeaderField[] fields, int count)
    {
        _bytes = bytes;
        _fields = fields;
        Count = count;
    }

    internal static HeaderList Empty { get; } = new(default, [], 0);

    public int Count { get; }

    public Header this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            var f = _fields[index];
            return new Header(_bytes.Slice(f.NameStart, f.NameLength), _bytes.Slice(f.ValueStart, f.ValueLength));
        }
    }

    /// <summary>The decoded value of the first field of that name, or null.</summary>
    public string? this[string name] => TryRaw(name, out var raw) ? HeaderText.Decode(raw) : null;

    public bool Contains(string name) => IndexOf(name, 0) >= 0;

    /// <summary>The decoded values of every field of that name, in order.</summary>
    public IEnumerable<string> All(string name)
    {
        for (var i = IndexOf(name, 0); i >= 0; i = IndexOf(name, i + 1)) yield return this[i].Value;
    }

    /// <summary>The raw octets of the first field of that name; false where there is none.</summary>
    public bool TryRaw(string name, out ReadOnlySpan<byte> raw)
    {
        var i = IndexOf(name, 0);
        if (i < 0)
        {
            raw = default;
            return false;
        }
        var f = _fields[i];
        raw = _bytes.Span.Slice(f.ValueStart, f.ValueLength);
        return true;
    }

    public IEnumerator<Header> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal int IndexOf(string name, int from)
    {
        var bytes = _bytes.Span;
        for (var i = from; i < Count; i++)
        {
            ref readonly var f = ref _fields[i];
            if (f.NameLength == name.Length && Ascii.EqualsIgnoreCase(bytes.Slice(f.NameStart, f.NameLength), name)) return i;
        }
        return -1;
    }
}
