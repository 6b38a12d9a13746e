using System.Collections.Frozen;

namespace HelpdeskMail.Mail.Imap;

/// <summary>What a server says it can do (RFC 9051 §7.2.2), compared without regard to case.</summary>
public sealed class ImapCapabilities
{
    private readonly FrozenSet<string> _names;

    public ImapCapabilities(IEnumerable<string> names)
    {
        _names = names.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        Mechanisms = [.. _names.Where(name => name.StartsWith("AUTH=", StringComparison.OrdinalIgnoreCase)).Select(name => name[5..].ToUpperInvariant())];
    }

    public IReadOnlyCollection<string> Names => _names;

    /// <summary>SASL mechanisms in upper case.</summary>
    public IReadOnlyList<string> Mechanisms { get; }

    private bool IsRev2 => Has("IMAP4rev2");

    public bool StartTls => Has("STARTTLS");
    public bool LoginDisabled => Has("LOGINDISABLED");
    public bool LiteralPlus => Has("LITERAL+");

    // RFC 9051 takes these extensions in.
    public bool LiteralMinus => Has("LITERAL-") || IsRev2;
    public bool SaslInitialResponse => Has("SASL-IR") || IsRev2;
    public bool Move => Has("MOVE") || IsRev2;
    public bool UidPlus => Has("UIDPLUS") || IsRev2;
    public bool Idle => Has("IDLE") || IsRev2;
    public bool ExtendedSearch => Has("ESEARCH") || IsRev2;
    public bool Namespace => Has("NAMESPACE") || IsRev2;
    public bool SpecialUse => Has("SPECIAL-USE") || IsRev2;
    public bool ListStatus => Has("LIST-STATUS") || IsRev2;
    public bool Acl => Has("ACL");
    public bool Id => Has("ID");
    public bool CondStore => Has("CONDSTORE") || Has("QRESYNC");
    public bool QResync => Has("QRESYNC");
    public bool Enable => Has("ENABLE") || IsRev2;
    public bool Utf8Accept => Has("UTF8=ACCEPT") || Has("UTF8=ONLY");

    public bool Has(string name) => _names.Contains(name);

    public override string ToString() => string.Join(' ', _names.Order(StringComparer.Ordinal));
}
