using HelpdeskMail.Mail.Mime;
using HelpdeskMail.Mail.Reports;

namespace HelpdeskMail.Tests.Corpus;

/// <summary>A part's SHA-256 as the parse line gives it.</summary>
internal static class PartHash
{
    internal static string Of(MimePart part)
    {
        var content = EmbeddedForm.Applies(part) ? EmbeddedForm.Of(part.Decode()) : part.Decode();
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content));
    }
}
