namespace HelpdeskMail.Mail.Reports;

/// <summary>Finds addresses in prose. Each look to the left and right of an "@" is bounded, so the whole stays linear.</summary>
internal static class AddressScan
{
    private const int MaxLocal = 80;
    private const int MaxDomain = 255;

    internal readonly record struct Found(int Start, int End, string Address);

    internal static List<Found> In(ReadOnlySpan<char> line)
    {
        var found = new List<Found>();
        var from = 0;
        while (from < line.Length)
        {
            var sign = line[from..].IndexOf('@');
            if (sign < 0) break;
            sign += from;
            from = sign + 1;
            var start = LocalStart(line, sign);
            var end = sign + 1;
            while (end < line.Length && end - sign < MaxDomain && (char.IsLetterOrDigit(line[end]) || line[end] is '.' or '-' or '_')) end++;
            while (end > sign + 1 && line[end - 1] is '.' or '-' or '_') end--;
            if (start == sign || end == sign + 1) continue;
            var local = line[start..sign];
            var prefix = local.LastIndexOf("SMTP=", StringComparison.OrdinalIgnoreCase);
            if (prefix >= 0) local = local[(prefix + 5)..];
            if (local.Length == 0) continue;
            found.Add(new Found(start, end, string.Concat(local, line[sign..end])));
            from = end;
        }
        return found;
    }

    private static int LocalStart(ReadOnlySpan<char> line, int sign)
    {
        var start = sign;
        if (sign > 0 && line[sign - 1] == '"')
        {
            var open = line[Math.Max(0, sign - MaxLocal)..(sign - 1)].LastIndexOf('"');
            return open < 0 ? sign : Math.Max(0, sign - MaxLocal) + open;
        }
        while (start > 0 && sign - start < MaxLocal && IsLocal(line[start - 1])) start--;
        while (start < sign && line[start] is '\'' or '*' or '-' or '=' or '`' or '.' or '/') start++;
        return start;
    }

    private static bool IsLocal(char c) => char.IsLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~.".Contains(c, StringComparison.Ordinal);
}
