using System.Text;

namespace HelpdeskMail.Mail.Mime;

/// <summary>format=flowed (RFC 3676): lines that end in a blank go on in the next one of the same quote depth.</summary>
internal static class FormatFlowed
{
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
            var signature = line is "-- "; // §4.3, never flowed
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
}
