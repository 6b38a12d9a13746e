using System.Text;
using HelpdeskMail.Mail.Addresses;
using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Mail.Reports;

/// <summary>Finds the header lines of a forwarded mail in a text, and cuts the text there. One pass over the lines, with a bounded look ahead.</summary>
internal sealed class ForwardBlock
{
    private const int MaxLines = 20_000;
    private const int MaxHeaderLines = 40;
    private const int MaxBlank = 2;
    private const int MaxValue = 4000;

    private readonly string[] lines;

    internal ForwardBlock(string text) => lines = text.Split('\n', MaxLines);

    internal ForwardedMail? Read()
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (ForwardLabels.Of(lines[i], out _) is ForwardLabel.None or ForwardLabel.Other) continue;
            if (Fields(i) is not { } block) continue;
            var author = Author(block.Fields.GetValueOrDefault(ForwardLabel.From, ""));
            var above = Above(i);
            // Three labels are no chance; two are enough where a line announces the block.
            if (author is null || block.Fields.Count < (above < i ? 2 : 3)) continue;
            return new ForwardedMail(
                author,
                Addresses(block.Fields.GetValueOrDefault(ForwardLabel.To)),
                Addresses(block.Fields.GetValueOrDefault(ForwardLabel.Cc)),
                block.Fields.GetValueOrDefault(ForwardLabel.Subject, ""),
                block.Fields.TryGetValue(ForwardLabel.Date, out var date) ? DateParser.Parse(date) : null,
                Body(i, block.End),
                Comment(above),
                null,
                null);
        }
        return null;
    }

    /// <summary>The labelled lines from here on, with what was folded; null: not even two.</summary>
    private (Dictionary<ForwardLabel, string> Fields, int End)? Fields(int start)
    {
        var fields = new Dictionary<ForwardLabel, string>();
        var (last, end, blank) = (ForwardLabel.None, start, 0);
        for (var i = start; i < lines.Length && i < start + MaxHeaderLines; i++)
        {
            var bare = ForwardLabels.Bare(lines[i]);
            if (bare.IsEmpty)
            {
                if (++blank > MaxBlank) break;
                continue;
            }
            var label = ForwardLabels.Of(lines[i], out var value);
            if (label != ForwardLabel.None && label != ForwardLabel.Other && fields.ContainsKey(label)) break; // the body begins, and looks like a header
            if (label != ForwardLabel.None)
            {
                if (label != ForwardLabel.Other) fields[label] = value.ToString();
            }
            else if (blank == 0 && last is ForwardLabel.To or ForwardLabel.Cc or ForwardLabel.From or ForwardLabel.Subject && Continues(fields[last], bare, lines[i])) fields[last] = $"{fields[last]} {bare}".Trim();
            else break;
            (last, end, blank) = (label == ForwardLabel.None ? last : label, i + 1, 0);
        }
        return fields.Count < 2 ? null : (fields, end);
    }

    /// <summary>A folded line: the one before is empty or ends in a comma, or this one is indented.</summary>
    private static bool Continues(string value, ReadOnlySpan<char> bare, string line) =>
        value.Length + bare.Length < MaxValue && (value.Length == 0 || value[^1] is ',' or ';' || line.TrimStart('>')[..1] is "\t" || line.TrimStart('>').StartsWith("   ", StringComparison.Ordinal));

    /// <summary>"Ann &lt;ann@example.org&gt;", "Ann [mailto:ann@example.org]", "Ann ann@example.org", "Ann &lt;ann@example.org&lt;mailto:…&gt;&gt;".</summary>
    private static MailAddress? Author(string value)
    {
        if (value.Length is 0 or > MaxValue) return null;
        if (AddressScan.In(value) is not [var found, ..]) return null;
        var address = found.Address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? found.Address[7..] : found.Address;
        if (!MailAddress.TryParse(address, out var parsed)) return null;
        var name = value[..found.Start];
        var mailto = name.LastIndexOf("mailto:", StringComparison.OrdinalIgnoreCase);
        if (mailto >= 0) name = name[..mailto];
        name = name.Trim(' ', '<', '[', '(', '"', '\'', '*', '\t', '\u00a0');
        return parsed with { DisplayName = name.Length == 0 || name.Contains('@', StringComparison.Ordinal) ? null : name };
    }

    private static List<MailAddress> Addresses(string? value)
    {
        if (string.IsNullOrEmpty(value)) return [];
        var found = new List<MailAddress>();
        foreach (var piece in value.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Author(piece) is { } address && !found.Exists(other => other.NormalizedAddress == address.NormalizedAddress)) found.Add(address);
        }
        return found;
    }

    /// <summary>The first of the lines right above the block that only announce it.</summary>
    private int Above(int block)
    {
        var first = block;
        for (var i = block - 1; i >= 0 && ForwardLabels.Announces(lines[i]); i--)
        {
            if (ForwardLabels.Bare(lines[i]).Length > 0 || lines[i].Trim().Length > 0) first = i;
        }
        return first;
    }

    private string Comment(int end)
    {
        var text = string.Join('\n', lines.Take(end)).Trim();
        return text.Length == 0 ? "" : ReplyText.Split(text).Visible;
    }

    private string Body(int block, int start)
    {
        // Apple's and others' plain text quotes the whole forward.
        var quoted = lines[block].StartsWith('>');
        var body = new StringBuilder();
        foreach (var line in lines.Skip(start))
        {
            var own = line.TrimEnd('\r');
            if (quoted && own.StartsWith('>')) own = own.Length > 1 && own[1] == ' ' ? own[2..] : own[1..];
            if (own.StartsWith("----- End forwarded message", StringComparison.OrdinalIgnoreCase)) break;
            body.Append(own).Append('\n');
        }
        return body.ToString().Trim('\n', '\r', ' ');
    }
}
