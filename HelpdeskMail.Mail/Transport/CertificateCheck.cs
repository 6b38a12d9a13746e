using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace HelpdeskMail.Mail.Transport;

/// <summary>Accepts what the system trusts, or exactly the pinned certificate; remembers what it saw and why it said no.</summary>
internal sealed class CertificateCheck(MailEndpoint endpoint, TimeProvider time)
{
    public ServerCertificate? Seen { get; private set; }
    public IReadOnlyList<string> Chain { get; private set; } = [];
    public bool IsPinned { get; private set; }
    public IReadOnlyList<string> Reasons { get; private set; } = [];

    public bool Accept(object sender, X509Certificate? presented, X509Chain? chain, SslPolicyErrors errors)
    {
        if (presented is null)
        {
            Reasons = ["the server presented none"];
            return false;
        }

        using var copy = presented is X509Certificate2 ? null : X509CertificateLoader.LoadCertificate(presented.Export(X509ContentType.Cert));
        var certificate = presented as X509Certificate2 ?? copy!;
        Seen = ServerCertificate.Of(certificate);
        Chain = [.. chain?.ChainElements.Select(element => element.Certificate.Subject) ?? []];

        if (endpoint.PinnedCertificate is { Length: > 0 } pin)
        {
            // The administrator has looked at this very certificate: its name, issuer and dates don't matter any more.
            if (Normalise(pin) == Seen.Sha256)
                return IsPinned = true;
            Reasons = [$"it is not the pinned one (its fingerprint is {Seen.Sha256})"];
            return false;
        }

        if (errors == SslPolicyErrors.None)
            return true;
        Reasons = Explain(certificate, Seen, chain, errors);
        return false;
    }

    private static string Normalise(string pin) =>
        new string([.. pin.Where(char.IsAsciiHexDigit)]).ToLowerInvariant();

    private List<string> Explain(X509Certificate2 certificate, ServerCertificate seen, X509Chain? chain, SslPolicyErrors errors)
    {
        var reasons = new List<string>();
        var now = time.GetUtcNow();
        if (seen.NotAfter < now)
            reasons.Add(string.Create(CultureInfo.InvariantCulture, $"it expired on {seen.NotAfter:yyyy-MM-dd}"));
        if (seen.NotBefore > now)
            reasons.Add(string.Create(CultureInfo.InvariantCulture, $"it is not valid before {seen.NotBefore:yyyy-MM-dd}"));
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            reasons.Add($"it is made out to {(seen.Names.Count == 0 ? "nobody" : string.Join(", ", seen.Names.Take(10)))}, not to {endpoint.Host}");

        var statuses = chain?.ChainStatus.Select(status => status.Status).ToHashSet() ?? [];
        if (certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData))
            reasons.Add("it is self-signed, so nobody this system trusts vouches for it");
        else if (statuses.Overlaps([X509ChainStatusFlags.UntrustedRoot, X509ChainStatusFlags.PartialChain]))
            reasons.Add($"its issuer is not one this system trusts ({seen.Issuer})");
        if (statuses.Contains(X509ChainStatusFlags.Revoked))
            reasons.Add("it was revoked by its issuer");
        if (reasons.Count == 0)
            reasons.AddRange(chain?.ChainStatus.Select(status => status.StatusInformation.Trim().TrimEnd('.')).Where(text => text.Length > 0) ?? []);
        if (reasons.Count == 0)
            reasons.Add(errors.ToString());
        return reasons;
    }
}
