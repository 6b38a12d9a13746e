namespace HelpdeskMail.Mail.Transport;

/// <summary>What has come from the server and was not taken yet. What is taken stays valid until <see cref="Room"/> is asked for.</summary>
internal sealed class ReceiveBuffer
{
    private const int InitialSize = 64 * 1024;

    private byte[] _bytes = new byte[InitialSize];
    private int _start;
    private int _end;

    public int Count => _end - _start;

    public int IndexOf(byte value, int from)
    {
        var found = _bytes.AsSpan(_start + from, Count - from).IndexOf(value);
        return found < 0 ? -1 : from + found;
    }

    public ReadOnlyMemory<byte> Take(int count)
    {
        var taken = _bytes.AsMemory(_start, count);
        _start += count;
        return taken;
    }

    /// <summary>As much as there is and fits; how much that was.</summary>
    public int TakeInto(Span<byte> destination)
    {
        var count = Math.Min(Count, destination.Length);
        _bytes.AsSpan(_start, count).CopyTo(destination);
        _start += count;
        return count;
    }

    /// <summary>Where to read on, never empty: grows for a line longer than the buffer, which its reader has to limit.</summary>
    public Memory<byte> Room()
    {
        if (_start == _end)
            _start = _end = 0;
        if (_end == _bytes.Length && _start > 0)
        {
            _bytes.AsSpan(_start, Count).CopyTo(_bytes);
            _end -= _start;
            _start = 0;
        }
        else if (_end == _bytes.Length)
        {
            Array.Resize(ref _bytes, _bytes.Length * 2);
        }

        return _bytes.AsMemory(_end);
    }

    /// <summary>So many bytes were read into <see cref="Room"/>.</summary>
    public void Added(int count) => _end += count;
}
