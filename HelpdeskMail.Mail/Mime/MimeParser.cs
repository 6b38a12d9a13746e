namespace HelpdeskMail.Mail.Mime;

/// <summary>Builds the tree of parts in one forward pass (RFC 2046 §5.1). Only offsets are kept; no octet of a body is copied.</summary>
internal sealed class MimeParser(MimeMessage message, ReadOnlyMemory<byte> raw, List<MimeWarning> warnings)
{
    private const int MaxBoundary = 200;
    private readonly BoundaryStack _boundaries = new();
    private readonly MimeLimits _limits = message.Limits;
    private int _parts;

    /// <summary>All leaves met, in order.</summary>
    internal List<MimePart> Leaves { get; } = [];

    internal MimePart Parse(int depth)
    {
        var at = 0;
        var root = ParsePart("", depth, "text/plain", ref at, out _);
        if (root.Path.Length == 0 && root.Children.Count == 0) root.Path = "1";
        return root;
    }

    private MimePart ParsePart(string path, int depth, string defaultType, ref int at, out Stop stop)
    {
        _parts++;
        var headers = HeaderBlock.Read(raw, ref at, _limits, warnings, _boundaries.Count == 0 ? null : _boundaries);
        var type = ParameterList.Parse(headers.TryRaw("Content-Type", out var typeRaw) ? typeRaw : default);
        var start = at;
        if (!type.Value.StartsWith("multipart/", StringComparison.Ordinal)) return Leaf(path, depth, defaultType, headers, start, ref at, out stop, false);
        if (depth >= _limits.MaxDepth)
        {
            Warn(MimeWarningKind.LimitDepth, "parts nested too deep are left unread");
            return Leaf(path, depth, defaultType, headers, start, ref at, out stop, true);
        }
        var boundary = BoundaryOf(type);
        if (boundary is null)
        {
            Warn(MimeWarningKind.MissingBoundary, "multipart without a boundary");
            boundary = Guess(start);
            if (boundary is null) return Leaf(path, depth, defaultType, headers, start, ref at, out stop, true);
        }
        var childType = type.Value == "multipart/digest" ? "message/rfc822" : "text/plain";
        var children = ParseChildren(path, depth, childType, boundary, ref at, out stop);
        if (children.Count == 0 && stop.MyBoundaryMissing && Guess(start) is { } other && !other.AsSpan().SequenceEqual(boundary))
        {
            Warn(MimeWarningKind.WrongBoundary, "the declared boundary does not occur; another one does");
            at = start;
            children = ParseChildren(path, depth, childType, other, ref at, out stop);
        }
        if (children.Count == 0 && stop.MyBoundaryMissing)
        {
            Warn(MimeWarningKind.MissingBoundary, "the declared boundary does not occur");
            if (Octets.IsBlankLine(raw.Span, start, Math.Max(start, stop.BodyEnd))) return new MimePart(message, headers, default, path, depth) { DefaultType = defaultType };
            var whole = new MimePart(message, headers, raw[start..Math.Max(start, stop.BodyEnd)], path, depth) { TreatAsLeaf = true, DefaultType = defaultType };
            Leaves.Add(whole);
            return whole;
        }
        return new MimePart(message, headers, raw[start..Math.Max(start, stop.BodyEnd)], path, depth) { Children = children, DefaultType = defaultType };
    }

    private List<MimePart> ParseChildren(string path, int depth, string childType, byte[] boundary, ref int at, out Stop stop)
    {
        var mine = _boundaries.Count;
        _boundaries.Push(boundary);
        var children = new List<MimePart>();
        stop = FindStop(ref at);
        var found = stop.Level == mine;
        while (stop.Level == mine && !stop.Closing)
        {
            if (_parts >= _limits.MaxParts)
            {
                Warn(MimeWarningKind.LimitParts, "parts past the limit are left unread");
                stop = FindStop(ref at);
                continue;
            }
            var number = (children.Count + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (at >= raw.Length && children.Count > 0) break; // an opening boundary as the very last line opens nothing
            if (NextLineIsBoundary(at))
            {
                stop = FindStop(ref at); // nor does one that another follows at once
                continue;
            }
            children.Add(ParsePart(path.Length == 0 ? number : path + "." + number, depth + 1, childType, ref at, out stop));
        }
        _boundaries.Pop();
        if (stop.Level == mine && stop.Closing) stop = FindStop(ref at); // the epilogue
        else if (found) Warn(MimeWarningKind.UnclosedMultipart, "multipart without its closing boundary");
        if (stop.Level >= mine) stop = stop with { Level = -1 };
        stop = stop with { MyBoundaryMissing = !found };
        return children;
    }

    private MimePart Leaf(string path, int depth, string defaultType, HeaderList headers, int start, ref int at, out Stop stop, bool treatAsLeaf)
    {
        stop = FindStop(ref at);
        var leaf = new MimePart(message, headers, raw[start..Math.Max(start, stop.BodyEnd)], path, depth) { DefaultType = defaultType, TreatAsLeaf = treatAsLeaf };
        Leaves.Add(leaf);
        return leaf;
    }

    /// <summary>Goes on to just past the next delimiter line of an open multipart. The line break before it belongs to it (RFC 2046 §5.1.1).</summary>
    private Stop FindStop(ref int at)
    {
        var s = raw.Span;
        var start = at;
        if (_boundaries.Count == 0)
        {
            at = s.Length;
            return new Stop(-1, false, s.Length, false);
        }
        var line = at;
        if (!(line + 1 < s.Length && s[line] == '-' && s[line + 1] == '-')) line = NextDashes(s, at);
        while (line >= 0)
        {
            var next = Octets.NextLine(s, line);
            var level = _boundaries.Find(s[line..Octets.EndOfLine(s, line, next)], out var closing);
            if (level >= 0)
            {
                at = next;
                var end = line;
                if (end > start && s[end - 1] == '\n') end--;
                if (end > start && s[end - 1] == '\r') end--;
                return new Stop(level, closing, end, false);
            }
            line = NextDashes(s, next - 1);
        }
        at = s.Length;
        return new Stop(-1, false, s.Length, false);
    }

    private bool NextLineIsBoundary(int at)
    {
        var s = raw.Span;
        return at + 1 < s.Length && s[at] == '-' && s[at + 1] == '-' && _boundaries.Matches(s[at..Octets.EndOfLine(s, at, Octets.NextLine(s, at))]);
    }

    private static int NextDashes(ReadOnlySpan<byte> s, int from)
    {
        if (from >= s.Length) return -1;
        var found = s[from..].IndexOf("\n--"u8);
        return found < 0 ? -1 : from + found + 1;
    }

    private static byte[]? BoundaryOf(ParameterList type)
    {
        var text = type["boundary"]?.TrimEnd();
        if (text is null || text.Length > MaxBoundary) return null;
        return System.Text.Encoding.UTF8.GetBytes(text);
    }

    // The first line that begins with dashes and is followed by a part's header, or else by one more line just like it.
    private byte[]? Guess(int start)
    {
        var s = raw.Span;
        var line = start + 1 < s.Length && s[start] == '-' && s[start + 1] == '-' ? start : NextDashes(s, start);
        for (var tries = 0; line >= 0 && tries < 50; tries++)
        {
            var next = Octets.NextLine(s, line);
            var text = s[line..Octets.EndOfLine(s, line, next)].TrimEnd(" \t"u8);
            if (_boundaries.Matches(text)) return null;
            if (text.Length is > 2 and < MaxBoundary && next < s.Length && s[next..].Length > 8 && System.Text.Ascii.EqualsIgnoreCase(s.Slice(next, 8), "Content-"u8)) return text[2..].ToArray();
            line = NextDashes(s, next - 1);
        }
        return null;
    }

    private void Warn(MimeWarningKind kind, string detail)
    {
        if (warnings.Count < 100 && !warnings.Exists(w => w.Kind == kind)) warnings.Add(new MimeWarning(kind, detail));
    }

    private readonly record struct Stop(int Level, bool Closing, int BodyEnd, bool MyBoundaryMissing);
}
