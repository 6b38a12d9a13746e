using System.Text;

namespace HelpdeskMail.Mail.Imap.Wire;

/// <summary>One response: its text with the literals taken out, and the literals beside it. Reused for the next one.</summary>
internal sealed class ImapResponse
{
    private byte[] _text = new byte[1024];
    private int _length;

    public List<ImapLiteral> Literals { get; } = [];

    public ReadOnlySpan<byte> Text => _text.AsSpan(0, _length);

    public void Clear()
    {
        _length = 0;
        Literals.Clear();
        if (_text.Length > 64 * 1024)
            _text = new byte[1024];
    }

    public void Append(ReadOnlySpan<byte> line)
    {
        if (_length + line.Length > _text.Length)
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _length + line.Length));
        line.CopyTo(_text.AsSpan(_length));
        _length += line.Length;
    }

    public void AddLiteral(ReadOnlyMemory<byte>? data, long size) => Literals.Add(new ImapLiteral(_length, data, size));

    public override string ToString() => Encoding.UTF8.GetString(Text);
}
