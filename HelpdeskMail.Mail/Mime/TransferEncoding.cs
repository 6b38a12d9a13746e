namespace HelpdeskMail.Mail.Mime;

/// <summary>Content-Transfer-Encoding, RFC 2045 §6.</summary>
internal enum TransferEncoding
{
    Identity,
    Base64,
    QuotedPrintable,
    Uuencode,
}
