using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HelpdeskMail.Mail.Transport;

/// <summary>What an administrator has to see of a certificate before pinning it.</summary>
/// <param name="Names">DNS names and addresses it is made out to.</param>
/// <param name="Sha256">Fingerprint of the whole certificate, lower-case hex without colons: what a pin holds.</param>
public sealed record ServerCertificate(
    string Subject, string Issuer, IReadOnlyList<string> Names, DateTimeOffset NotBefore, DateTimeOffset NotAfter, string Sha256)
{
    internal static ServerCertificate Of(X509Certificate2 certificate) => new(
        certificate.Subject,
        certificate.Issuer,
        NamesOf(certificate),
        new DateTimeOffset(certificate.NotBefore),
        new DateTimeOffset(certificate.NotAfter),
        Convert.ToHexStringLower(SHA256.HashData(certificate.RawDataMemory.Span)));

    private static List<string> NamesOf(X509Certificate2 certificate)
    {
        var names = new List<string>();
        foreach (var extension in certificate.Extensions)
        {
            if (extension is not X509SubjectAlternativeNameExtension alternatives)
                continue;
            names.AddRange(alternatives.EnumerateDnsNames());
            names.AddRange(alternatives.EnumerateIPAddresses().Select(address => address.ToString()));
        }

        if (names.Count == 0 && certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) is { Length: > 0 } simple)
            names.Add(simple);
        return names;
    }
}
