using System.Globalization;

namespace HelpdeskMail.Mail.Smtp;

/// <summary>What EHLO was answered with (RFC 5321 §4.1.1.1): keyword → parameters.</summary>
public sealed class SmtpCapabilities
{
    private readonly Dictionary<string, string> _keywords = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="lines">The reply's lines behind the first, which is only a greeting.</param>
    public SmtpCapabilities(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            // Quirk: "AUTH=PLAIN LOGIN", from before RFC 2554 was finished, still sent by some beside the right form.
            var end = line.AsSpan().IndexOfAny(' ', '=');
            var keyword = end < 0 ? line : line[..end];
            var parameters = end < 0 ? "" : line[(end + 1)..];
            _keywords[keyword] = _keywords.TryGetValue(keyword, out var before) ? $"{before} {parameters}" : parameters;
        }

        Mechanisms = [.. Parameters("AUTH").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => name.ToUpperInvariant()).Distinct(StringComparer.Ordinal)];
    }

    public IReadOnlyCollection<string> Keywords => _keywords.Keys;

    /// <summary>SASL mechanisms in upper case (RFC 4954).</summary>
    public IReadOnlyList<string> Mechanisms { get; }

    public bool StartTls => Has("STARTTLS");
    public bool Pipelining => Has("PIPELINING");
    public bool EightBitMime => Has("8BITMIME");
    public bool SmtpUtf8 => Has("SMTPUTF8");
    public bool Dsn => Has("DSN");
    public bool Size => Has("SIZE");

    /// <summary>Largest message taken, in bytes (RFC 1870). Null: none named; 0 on the wire means no limit.</summary>
    public long? MaxSize => long.TryParse(Parameters("SIZE").Trim(), CultureInfo.InvariantCulture, out var size) && size > 0 ? size : null;

    public bool Has(string keyword) => _keywords.ContainsKey(keyword);

    private string Parameters(string keyword) => _keywords.GetValueOrDefault(keyword, "");
}
