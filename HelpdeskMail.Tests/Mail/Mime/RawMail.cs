using System.Text;
using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Tests.Mail.Mime;

/// <summary>Mails as they stand in a test: LF in the source, CRLF on the wire, one octet a character up to U+00FF.</summary>
internal static class RawMail
{
    internal static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text.ReplaceLineEndings("\r\n"));

    internal static MimeMessage Parse(string text, MimeLimits? limits = null) => MimeMessage.Parse(Bytes(text), limits);
}
