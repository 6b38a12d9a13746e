using System.Text;

namespace HelpdeskMail.Mail.Mime;

/// <summary>format=flowed (RFC 3676): lines that end in a blank go on in the next one of the same quote depth.</summary>
internal static class FormatFlowed
{
    private const string Signature = "-- "; // §4.3, never flowed

    internal static string Unfold(string text, bool delSp)
    {
        var output = new StringBuilder(text.Length + 1);
        var depth = 0;
        var open = false; // the last line written waits for its continuation
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan()[range];
            if (range.End.Value == text.Length && line.IsEmpty) break; // nothing after the last line feed
            var quotes = 0;
            while (quotes < line.Length && line[quotes] == '>') quotes++;
            line = line[quotes..];
            if (line.Length > 0 && line[0] == ' ') line = line[1..]; // §4.4, space-stuffing
            var signature = line is Signature;
            if (open && (quotes != depth || signature))
            {
                output.Append('\n');
                open = false;
            }
            if (!open && quotes > 0) output.Append('>', quotes).Append(' ');
            depth = quotes;
            open = !signature && line.Length > 0 && line[^1] == ' ';
            if (open && delSp) line = line[..^1];
            output.Append(line);
            if (!open) output.Append('\n');
        }
        return output.ToString();
    }

    /// <summary>The text with its paragraphs in lines of <paramref name="width"/>; null where a reader would not get back this text (blanks at
    /// line ends, ">text" that may be no quotation), or where it stays as it is. A quoted line without text reads back as "> ", whether a blank
    /// stood there or not. The last line gets a line end by that.</summary>
    internal static string? Fold(string text, int width)
    {
        var output = new StringBuilder(text.Length + text.Length / 32);
        var expected = new StringBuilder(text.Length + 16);
        var empty = false; // some quoted line is
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan()[range];
            if (range.Start.Value > 0) output.Append('\n');
            AppendFolded(output, line, width);
            if (range.End.Value == text.Length && line.IsEmpty) break;
            var quotes = line.TrimEnd(' ');
            var alone = !quotes.IsEmpty && line.Length - quotes.Length < 2 && quotes.IndexOfAnyExcept('>') < 0;
            expected.Append(alone ? quotes : line).Append(alone ? " \n" : "\n");
            empty |= alone;
        }
        var folded = output.ToString();
        return (empty || folded.Length > text.Length) && Unfold(folded, delSp: false) == expected.ToString() ? folded : null;
    }

    private static void AppendFolded(StringBuilder output, ReadOnlySpan<char> line, int width)
    {
        // "> text" is a quotation; ">text" reads back in another form, so that a text with one of them stays as it is.
        var end = line.IndexOfAnyExcept('>');
        var quotes = end < 0 ? line.Length : end;
        var rest = quotes < line.Length && quotes > 0 && line[quotes] == ' ' ? line[(quotes + 1)..] : line[quotes..];
        for (var first = true; first || !rest.IsEmpty; first = false)
        {
            if (!first) output.Append('\n');
            output.Append('>', quotes);
            if (quotes > 0 ? !rest.IsEmpty : rest.StartsWith(" ") || rest.StartsWith(">") || rest.StartsWith("From ")) output.Append(' ');
            var room = Math.Max(20, width - quotes - 1);
            var length = room >= rest.Length ? rest.Length : BreakIn(rest, room);
            output.Append(rest[..length]);
            rest = rest[length..];
        }
    }

    // Behind the last blank that fits, or else behind the next one; never so that the line reads as a signature's.
    private static int BreakIn(ReadOnlySpan<char> rest, int room)
    {
        var blank = rest[..room].LastIndexOf(' ');
        if (blank >= 0 && rest[..(blank + 1)] is not Signature) return blank + 1;
        blank = rest[room..].IndexOf(' ');
        return blank < 0 ? rest.Length : room + blank + 1;
    }
}
