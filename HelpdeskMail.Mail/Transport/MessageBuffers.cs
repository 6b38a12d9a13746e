using System.Runtime.InteropServices;

namespace HelpdeskMail.Mail.Transport;

/// <summary>
/// Memory for the messages of one download, used again for later ones when they are given back. Fresh arrays over 85 KB each would make the collector go
/// through everything every few megabytes. Messages lie side by side in slabs, so that none takes more than its size; those too large for that, and the
/// first megabytes (most downloads are a few mails), get arrays of their own. What is never given back is the collector's, as any array. Thread-safe.
/// </summary>
public sealed class MessageBuffers
{
    private const int SlabBytes = 4 << 20;
    private const int LargestInSlab = SlabBytes / 4;
    private const int ArraysFirst = 2 << 20;

    private readonly Lock _lock = new();
    private readonly Dictionary<byte[], int> _messagesIn = [];
    private readonly Stack<byte[]> _free = new();
    private byte[]? _current;
    private int _used;
    private long _first;

    /// <summary>Exactly so many bytes, of any content.</summary>
    public Memory<byte> Take(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        lock (_lock)
        {
            if (bytes is 0 or > LargestInSlab || (_first += bytes) <= ArraysFirst)
                return GC.AllocateUninitializedArray<byte>(bytes);
            if (_current is null || _used + bytes > SlabBytes)
                Turn();
            _messagesIn[_current!]++;
            _used += bytes;
            return _current.AsMemory(_used - bytes, bytes);
        }
    }

    /// <summary>To be called at most once for each memory, when nobody reads it any more: it will hold another message. Memory from elsewhere is left alone.</summary>
    public void GiveBack(ReadOnlyMemory<byte> message)
    {
        if (message.IsEmpty || !MemoryMarshal.TryGetArray(message, out var segment))
            return;
        lock (_lock)
        {
            if (!_messagesIn.TryGetValue(segment.Array!, out var messages))
                return;
            _messagesIn[segment.Array!] = messages - 1;
            if (messages == 1 && segment.Array != _current)
                _free.Push(segment.Array!);
        }
    }

    private void Turn()
    {
        if (_current is { } full && _messagesIn[full] == 0)
            _free.Push(full); // everything in it was given back while it was filled
        _current = _free.TryPop(out var slab) ? slab : GC.AllocateUninitializedArray<byte>(SlabBytes);
        _messagesIn.TryAdd(_current, 0);
        _used = 0;
    }
}
