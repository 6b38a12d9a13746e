namespace HelpdeskMail.Mail.Mime;

/// <summary>Recognises RFC 1847 multiparts, S/MIME parts (RFC 8551 §3), PGP/MIME (RFC 3156) and PGP blocks in texts, outermost first.</summary>
internal static class ProtectionFinder
{
    internal static IReadOnlyList<Protection> Find(MimeMessage message)
    {
        var found = new List<Protection>();
        Visit(message.Root, found);
        return found;
    }

    private static void Visit(MimePart part, List<Protection> found)
    {
        if (part.Children.Count == 0)
        {
            if ((SmimePart.Read(part) ?? InlinePgp.Read(part) ?? PgpKeys(part)) is { } leaf) found.Add(leaf);
            return;
        }
        var whole = part.ContentType == "multipart/signed" ? Signed(part) : Encrypted(part);
        if (whole is not null) found.Add(whole);
        foreach (var child in part.Children)
            if (whole is null || (child != whole.Signature && (whole.Form != ProtectionForm.Encrypted || child == whole.Content && SmimePart.Is(child)))) Visit(child, found);
    }

    private static Protection? Signed(MimePart part)
    {
        if (part.Children.Count < 2) return null;
        var signature = part.Children[^1]; // a list's footer may stand between
        foreach (var child in part.Children)
            if (IsSignature(child.ContentType)) signature = child;
        var protocol = part.Type["protocol"]?.ToLowerInvariant() ?? "";
        if (!IsSignature(protocol)) protocol = signature.ContentType;
        if (!IsSignature(protocol)) return null;
        var method = protocol.EndsWith("pgp-signature", StringComparison.Ordinal) ? ProtectionMethod.PgpMime : ProtectionMethod.Smime;
        return new Protection(method, ProtectionForm.ClearSigned, part, part.Children[0], signature, part.Type["micalg"]);
    }

    // multipart/encrypted, or what gateways make of it: the two parts of RFC 3156 §4 inside a multipart/mixed.
    private static Protection? Encrypted(MimePart part)
    {
        for (var i = 0; i + 1 < part.Children.Count; i++)
            if (part.Children[i].ContentType == "application/pgp-encrypted")
                return new Protection(ProtectionMethod.PgpMime, ProtectionForm.Encrypted, part, part.Children[i + 1]);
        if (part.ContentType != "multipart/encrypted") return null;
        var smime = part.Type["protocol"]?.Contains("pkcs7", StringComparison.OrdinalIgnoreCase) == true;
        return new Protection(smime ? ProtectionMethod.Smime : ProtectionMethod.PgpMime, ProtectionForm.Encrypted, part, part.Children[^1]);
    }

    private static Protection? PgpKeys(MimePart part) =>
        part.ContentType == "application/pgp-keys" ? new Protection(ProtectionMethod.PgpMime, ProtectionForm.Keys, part) : null; // RFC 3156 §7

    private static bool IsSignature(string type) => type is "application/pgp-signature" or "application/pkcs7-signature" or "application/x-pkcs7-signature";
}
