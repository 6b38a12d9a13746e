namespace HelpdeskMail.Mail.Mime;

/// <summary>A signature or encryption found in a mail's structure. Nothing is verified or opened by finding it.</summary>
/// <param name="Part">The multipart, or the part that holds the octets or the text.</param>
/// <param name="Content">What is signed, or the part with the encrypted octets; null where it stands inside <paramref name="Part"/>.</param>
/// <param name="Signature">The detached signature, where there is one.</param>
/// <param name="HashAlgorithm">micalg of multipart/signed (RFC 1847 §2.1), or the Hash line of a cleartext signature; null where not given.</param>
public sealed record Protection(ProtectionMethod Method, ProtectionForm Form, MimePart Part, MimePart? Content = null, MimePart? Signature = null, string? HashAlgorithm = null);
