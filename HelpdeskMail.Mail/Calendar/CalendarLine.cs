namespace HelpdeskMail.Mail.Calendar;

/// <summary>One content line (RFC 5545 §3.1): NAME;PARAM=value;PARAM="value":value.</summary>
internal readonly record struct CalendarLine(string Name, string Value, IReadOnlyDictionary<string, string> Parameters)
{
    private static readonly Dictionary<string, string> NoParameters = [];

    internal static CalendarLine? Parse(string line)
    {
        var colon = Outside(line, ':', 0);
        if (colon <= 0) return null;
        var at = Outside(line, ';', 0);
        if (at < 0 || at > colon) return new CalendarLine(line[..colon].Trim().ToUpperInvariant(), line[(colon + 1)..], NoParameters);
        var name = line[..at].Trim().ToUpperInvariant();
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (at >= 0 && at < colon)
        {
            var next = Outside(line, ';', at + 1);
            var end = next < 0 || next > colon ? colon : next;
            var parameter = line[(at + 1)..end];
            var equals = parameter.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0) parameters[parameter[..equals].Trim()] = parameter[(equals + 1)..].Trim('"');
            at = next;
        }
        return new CalendarLine(name, line[(colon + 1)..], parameters);
    }

    /// <summary>The value with "\n", "\," and their like undone (§3.3.11).</summary>
    internal string Text
    {
        get
        {
            if (!Value.Contains('\\', StringComparison.Ordinal)) return Value;
            var b = new System.Text.StringBuilder(Value.Length);
            for (var i = 0; i < Value.Length; i++)
            {
                if (Value[i] != '\\' || i + 1 == Value.Length) b.Append(Value[i]);
                else b.Append(Value[++i] is 'n' or 'N' ? '\n' : Value[i]);
            }
            return b.ToString();
        }
    }

    private static int Outside(string line, char wanted, int from)
    {
        var quoted = false;
        for (var i = from; i < line.Length; i++)
        {
            if (line[i] == '"') quoted = !quoted;
            else if (line[i] == wanted && !quoted) return i;
        }
        return -1;
    }
}
