using System.Globalization;
using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Core.Mailboxes;

/// <summary>What a server's certificate says, in words.</summary>
internal static class CertificateWords
{
    private const int NamesShown = 10;

    /// <summary>By then an automatic renewal should have happened: Let's Encrypt renews at 30 days.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromDays(21);

    public static string Encrypted(TlsSession tls, DateTimeOffset now)
    {
        var protocol = tls.IsOutdated ? $"Encrypted, but with {tls.Protocol}, which is withdrawn: ask the server's operator for TLS 1.2 or 1.3." : $"Encrypted with {tls.Protocol}.";
        if (tls.Certificate is not { } certificate) return protocol;
        if (tls.IsPinned) return $"{protocol} The certificate is the one that is trusted in the settings; its name, issuer and dates are not checked.{(certificate.NotAfter < now ? $" It expired on {Day(certificate.NotAfter)}." : "")}";
        var days = (int)(certificate.NotAfter - now).TotalDays;
        var left = days == 1 ? "1 day left" : $"{days} days left";
        return $"{protocol} The certificate is made out to {Names(certificate)} and valid until {Day(certificate.NotAfter)} ({left}{(certificate.NotAfter - now < Soon ? ": it should be renewed now" : "")}).";
    }

    public static bool NeedsALook(TlsSession tls, DateTimeOffset now) => tls.IsOutdated || (tls.Certificate is { } certificate && !tls.IsPinned && certificate.NotAfter - now < Soon);

    /// <summary>All of it, line by line.</summary>
    public static string All(ServerCertificate certificate, IReadOnlyList<string> chain) => string.Join('\n', new[]
    {
        $"Subject: {certificate.Subject}",
        $"Names: {Names(certificate)}",
        $"Issuer: {certificate.Issuer}",
        $"Valid: {Day(certificate.NotBefore)} to {Day(certificate.NotAfter)}",
        $"SHA-256: {certificate.Sha256}",
        chain.Count > 1 ? $"Chain: {string.Join(" < ", chain)}" : "",
    }.Where(line => line.Length > 0));

    private static string Names(ServerCertificate certificate) => certificate.Names.Count switch
    {
        0 => "nobody",
        <= NamesShown => string.Join(", ", certificate.Names),
        var all => $"{string.Join(", ", certificate.Names.Take(NamesShown))} and {all - NamesShown} more",
    };

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
