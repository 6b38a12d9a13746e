namespace HelpdeskMail.Mail.Pop3;

/// <summary>What CAPA was answered with (RFC 2449): keyword → parameters. Empty where the server has no CAPA.</summary>
public sealed class Pop3Capabilities
{
    private readonly Dictionary<string, string> _keywords = new(StringComparer.OrdinalIgnoreCase);

    public Pop3Capabilities(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            var space = line.IndexOf(' ');
            _keywords[space < 0 ? line : line[..space]] = space < 0 ? "" : line[(space + 1)..];
        }

        Mechanisms = [.. _keywords.GetValueOrDefault("SASL", "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => name.ToUpperInvariant())];
    }

    public IReadOnlyCollection<string> Keywords => _keywords.Keys;

    /// <summary>SASL mechanisms in upper case (RFC 5034).</summary>
    public IReadOnlyList<string> Mechanisms { get; }

    public bool StartTls => Has("STLS");
    public bool Pipelining => Has("PIPELINING");
    public bool User => Has("USER");
    public bool Uidl => Has("UIDL");
    public bool Top => Has("TOP");

    public bool Has(string keyword) => _keywords.ContainsKey(keyword);
}
