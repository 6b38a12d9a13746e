namespace HelpdeskMail.Mail.Mime;

/// <summary>application/pkcs7-mime and what mailers call it instead (RFC 8551 §3.2, §3.10). The content's own type (RFC 5652 §3) counts more than its label.</summary>
internal static class SmimePart
{
    private const int ObjectIdWithin = 64; // the outer headers of BER, whose lengths differ, come first

    private static ReadOnlySpan<byte> Pkcs => [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01]; // 1.2.840.113549.1
    private static ReadOnlySpan<byte> SignedData => [0x07, 0x02];
    private static ReadOnlySpan<byte> EnvelopedData => [0x07, 0x03];
    private static ReadOnlySpan<byte> AuthEnvelopedData => [0x09, 0x10, 0x01, 0x17]; // RFC 5083
    private static ReadOnlySpan<byte> CompressedData => [0x09, 0x10, 0x01, 0x09]; // RFC 3274

    internal static bool Is(MimePart part) => part.ContentType is "application/pkcs7-mime" or "application/x-pkcs7-mime"
        || (part.ContentType == "application/octet-stream" && Extension(part) is ".p7m" or ".p7c" or ".p7z");

    internal static Protection? Read(MimePart part)
    {
        if (!Is(part)) return null;
        var form = OfContent(part.Decode()) ?? OfType(part.Type["smime-type"]) ?? OfExtension(Extension(part));
        // "signed-data" without a signer carries certificates only, RFC 8551 §3.8; that just the label says.
        if (form == ProtectionForm.OpaqueSigned && OfType(part.Type["smime-type"]) == ProtectionForm.Keys) form = ProtectionForm.Keys;
        return new Protection(ProtectionMethod.Smime, form, part);
    }

    private static ProtectionForm? OfContent(byte[] content)
    {
        var head = content.AsSpan(0, Math.Min(content.Length, ObjectIdWithin));
        var at = head.IndexOf(Pkcs);
        if (at < 0) return null;
        var rest = head[(at + Pkcs.Length)..];
        if (rest.StartsWith(SignedData)) return ProtectionForm.OpaqueSigned;
        if (rest.StartsWith(EnvelopedData) || rest.StartsWith(AuthEnvelopedData)) return ProtectionForm.Encrypted;
        return rest.StartsWith(CompressedData) ? ProtectionForm.Compressed : null;
    }

    private static ProtectionForm? OfType(string? type) => type?.ToLowerInvariant() switch
    {
        "signed-data" => ProtectionForm.OpaqueSigned,
        "enveloped-data" or "authenveloped-data" => ProtectionForm.Encrypted,
        "compressed-data" => ProtectionForm.Compressed,
        "certs-only" => ProtectionForm.Keys,
        _ => null,
    };

    private static ProtectionForm OfExtension(string extension) => extension switch
    {
        ".p7c" => ProtectionForm.Keys,
        ".p7z" => ProtectionForm.Compressed,
        _ => ProtectionForm.Encrypted,
    };

    private static string Extension(MimePart part)
    {
        var dot = part.FileName?.LastIndexOf('.') ?? -1;
        return dot < 0 ? "" : part.FileName![dot..].ToLowerInvariant();
    }
}
