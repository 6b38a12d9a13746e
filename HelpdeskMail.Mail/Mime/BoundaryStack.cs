namespace HelpdeskMail.Mail.Mime;

/// <summary>The boundaries of the multiparts that are open at a point of the message, innermost last (RFC 2046 §5.1.1).</summary>
internal sealed class BoundaryStack
{
    private readonly List<byte[]> _open = [];

    internal int Count => _open.Count;

    internal void Push(byte[] boundary) => _open.Add(boundary);

    internal void Pop() => _open.RemoveAt(_open.Count - 1);

    internal bool Matches(ReadOnlySpan<byte> line) => Find(line, out _) >= 0;

    /// <summary>Level of the open multipart whose delimiter the line is, or -1. An inner one is asked before an outer one.</summary>
    internal int Find(ReadOnlySpan<byte> line, out bool closing)
    {
        closing = false;
        if (line.Length < 2 || line[0] != '-' || line[1] != '-') return -1;
        var rest = line[2..];
        for (var level = _open.Count - 1; level >= 0; level--)
        {
            var boundary = _open[level];
            if (rest.Length < boundary.Length || !rest.StartsWith(boundary)) continue;
            var tail = rest[boundary.Length..];
            if (boundary.Length == 0 && tail is [(byte)' ', ..]) continue; // an empty boundary is none (§5.1.1) but met; "-- " begins a signature
            closing = tail.Length >= 2 && tail[0] == '-' && tail[1] == '-';
            if (closing) tail = tail[2..];
            if (Octets.IsBlankLine(tail, 0, tail.Length)) return level;
            closing = false;
        }
        return -1;
    }
}
