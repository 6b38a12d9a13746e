namespace HelpdeskMail.Mail.Mime;

/// <summary>Mails whose lines end in a bare CR (old Macs, broken gateways) are read as if those were line feeds.</summary>
internal static class LineBreaks
{
    internal static ReadOnlyMemory<byte> Normalize(ReadOnlyMemory<byte> raw, List<MimeWarning> warnings)
    {
        var s = raw.Span;
        var cr = s.IndexOf((byte)'\r');
        if (cr < 0 || (cr + 1 < s.Length && s[cr + 1] == '\n')) return raw;
        // A bare CR came first. It is the line break when a field (or nothing) follows it, before any line feed.
        var lf = s.IndexOf((byte)'\n');
        if (lf >= 0 && lf < cr) return raw;
        var copy = s.ToArray();
        for (var i = 0; i < copy.Length; i++)
            if (copy[i] == '\r' && (i + 1 >= copy.Length || copy[i + 1] != '\n')) copy[i] = (byte)'\n';
        warnings.Add(new MimeWarning(MimeWarningKind.BareCarriageReturns, "lines end in bare carriage returns"));
        return copy;
    }
}
