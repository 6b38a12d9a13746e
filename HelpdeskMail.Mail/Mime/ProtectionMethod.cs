namespace HelpdeskMail.Mail.Mime;

/// <summary>By which rules a mail is signed or encrypted.</summary>
public enum ProtectionMethod
{
    /// <summary>S/MIME, RFC 8551.</summary>
    Smime,

    /// <summary>PGP/MIME, RFC 3156.</summary>
    PgpMime,

    /// <summary>OpenPGP blocks inside a text (RFC 4880 §6.2, §7).</summary>
    InlinePgp,
}
