namespace HelpdeskMail.Mail.Mime;

/// <summary>ASCII armour in a text (RFC 4880 §6.2, §7). A block that is quoted ("> -----BEGIN …") is somebody else's and doesn't count.</summary>
internal static class InlinePgp
{
    internal static Protection? Read(MimePart part)
    {
        if (part.ContentType != "text/plain" || part.IsAttachment) return null;
        var text = part.DecodeText();
        for (var at = text.IndexOf("-----BEGIN PGP ", StringComparison.Ordinal); at >= 0; at = text.IndexOf("-----BEGIN PGP ", at + 1, StringComparison.Ordinal))
        {
            if (at > 0 && text[at - 1] != '\n') continue;
            var block = text.AsSpan(at);
            if (block.StartsWith("-----BEGIN PGP SIGNED MESSAGE-----")) return Found(part, ProtectionForm.ClearSigned, HeaderOf(block, "Hash:"));
            if (block.StartsWith("-----BEGIN PGP MESSAGE")) return Found(part, IsEncrypted(block) ? ProtectionForm.Encrypted : ProtectionForm.OpaqueSigned, null);
            if (block.StartsWith("-----BEGIN PGP PUBLIC KEY BLOCK")) return Found(part, ProtectionForm.Keys, null);
        }
        return null;
    }

    private static Protection Found(MimePart part, ProtectionForm form, string? hash) => new(ProtectionMethod.InlinePgp, form, part, HashAlgorithm: hash);

    // The first packet's tag (RFC 4880 §4.2): 1 and 3 are session keys, 9 and 18 encrypted data; others wrap a signature.
    private static bool IsEncrypted(ReadOnlySpan<char> block)
    {
        var blank = block.IndexOf("\n\n");
        Span<byte> first = stackalloc byte[3];
        if (blank < 0 || block.Length < blank + 6 || !Convert.TryFromBase64Chars(block.Slice(blank + 2, 4), first, out var n) || n == 0) return true;
        var tag = (first[0] & 0x40) != 0 ? first[0] & 0x3F : (first[0] >> 2) & 0x0F;
        return tag is 1 or 3 or 9 or 18;
    }

    private static string? HeaderOf(ReadOnlySpan<char> block, string name)
    {
        var start = block.IndexOf('\n') + 1;
        if (start == 0 || !block[start..].StartsWith(name)) return null;
        var line = block[(start + name.Length)..];
        var end = line.IndexOf('\n');
        return (end < 0 ? line : line[..end]).Trim().ToString();
    }
}
