using System.Globalization;
using System.Text;

namespace HelpdeskMail.Mail.Imap;

/// <summary>A set of UIDs as ranges ("1:5,7,10:*"), ascending, as RFC 9051 §9 writes it.</summary>
public sealed class UidSet
{
    private const uint Star = uint.MaxValue;

    /// <summary>UIDs that one answer may name.</summary>
    internal const int MaxExpanded = 20_000_000;

    private readonly List<(uint First, uint Last)> _ranges;

    private UidSet(List<(uint First, uint Last)> ranges) => _ranges = ranges;

    public bool IsEmpty => _ranges.Count == 0;

    public static UidSet Of(params IEnumerable<uint> uids)
    {
        var ranges = new List<(uint First, uint Last)>();
        foreach (var uid in uids.Where(uid => uid > 0).Order())
        {
            if (ranges.Count > 0 && uid <= ranges[^1].Last + 1UL)
                ranges[^1] = (ranges[^1].First, Math.Max(uid, ranges[^1].Last));
            else
                ranges.Add((uid, uid));
        }

        return new UidSet(ranges);
    }

    /// <param name="last">Null: to the end, "*". Note that "n:*" always names the last message, even when its UID is below n.</param>
    public static UidSet Range(uint first, uint? last = null) => new([(Math.Max(first, 1), last ?? Star)]);

    public bool Contains(uint uid) => _ranges.Exists(range => uid >= range.First && uid <= range.Last);

    /// <summary>In pieces whose text keeps a command line under the 8,000 bytes that servers accept (RFC 9051 §4 names 8192).</summary>
    public IEnumerable<UidSet> Split(int maxText = 6000)
    {
        var piece = new List<(uint First, uint Last)>();
        var length = 0;
        foreach (var range in _ranges)
        {
            if (length > maxText - 22)
            {
                yield return new UidSet(piece);
                piece = [];
                length = 0;
            }

            piece.Add(range);
            length += Text(range).Length + 1;
        }

        if (piece.Count > 0)
            yield return new UidSet(piece);
    }

    /// <summary>Every UID, in the set's order. Null where it isn't a set, or names more than <paramref name="limit"/>: no mailbox holds that many.</summary>
    internal static List<uint>? Expand(ReadOnlySpan<char> text, int limit = MaxExpanded)
    {
        var uids = new List<uint>();
        foreach (var part in text.Split(','))
        {
            var piece = text[part];
            var colon = piece.IndexOf(':');
            if (!uint.TryParse(colon < 0 ? piece : piece[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out var first))
                return null;
            var last = first;
            if (colon >= 0 && !uint.TryParse(piece[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out last))
                return null;
            if (uids.Count + Math.Abs((long)last - first) > limit)
                return null;
            // COPYUID pairs the sets in order, and a range may be written backwards.
            for (long uid = first; first <= last ? uid <= last : uid >= last; uid += first <= last ? 1 : -1)
                uids.Add((uint)uid);
        }

        return uids;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var range in _ranges)
            text.Append(text.Length > 0 ? "," : "").Append(Text(range));
        return text.ToString();
    }

    private static string Text((uint First, uint Last) range) =>
        range.First == range.Last
            ? range.First.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{range.First}:{(range.Last == Star ? "*" : range.Last.ToString(CultureInfo.InvariantCulture))}");
}
