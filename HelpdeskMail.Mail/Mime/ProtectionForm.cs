namespace HelpdeskMail.Mail.Mime;

/// <summary>What was done to the content.</summary>
public enum ProtectionForm
{
    /// <summary>Signed, and readable without knowing how (multipart/signed, a cleartext signature).</summary>
    ClearSigned,

    /// <summary>Signed, the content wrapped inside the signature (RFC 8551 §3.5.2).</summary>
    OpaqueSigned,

    Encrypted,

    /// <summary>Compressed only (RFC 8551 §3.6).</summary>
    Compressed,

    /// <summary>Certificates or keys without content.</summary>
    Keys,
}
