using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Mail.Reports;

/// <summary>The form in which an embedded message (or its header) is measured: line ends as LF and the header closed by its blank line,
/// so that the line ends of the transport, a cut after the last field and an mbox's "From " line (RFC 4155) make no difference.
/// One that came in a transfer encoding, which RFC 2046 §5.2.1 forbids, is a file and measured as it is.</summary>
internal static class EmbeddedForm
{
    internal static bool Applies(MimePart part) => part.ContentType is "message/rfc822" or "text/rfc822-headers" && part.Encoding == TransferEncoding.Identity;

    internal static byte[] Of(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("From "u8)) content = content[Octets.NextLine(content, 0)..];
        var form = new byte[content.Length + 2];
        var n = 0;
        for (var i = 0; i < content.Length; i++)
            if (content[i] != '\r' || i + 1 >= content.Length || content[i + 1] != '\n') form[n++] = content[i];
        if (n > 0 && form.AsSpan(0, n).IndexOf("\n\n"u8) < 0)
        {
            if (form[n - 1] != '\n') form[n++] = (byte)'\n';
            form[n++] = (byte)'\n';
        }
        return form[..n];
    }
}
