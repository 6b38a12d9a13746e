using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Mail.Dns;

namespace HelpdeskMail.Core.Discovery;

/// <summary>Services that a domain names in the DNS: RFC 6186 §3 and, for implicit TLS when sending, RFC 8314 §5.1.</summary>
internal static class SrvLookup
{
    /// <summary>Implicit TLS before STARTTLS of the same service (RFC 8314 §3). Plain POP3 (_pop3) is left out: providers name it without STLS behind it.</summary>
    private static readonly (string Label, MailService Service, Encryption Encryption)[] Labels =
    [
        ("_imaps._tcp", MailService.Imap, Encryption.Tls),
        ("_imap._tcp", MailService.Imap, Encryption.StartTls),
        ("_pop3s._tcp", MailService.Pop3, Encryption.Tls),
        ("_submissions._tcp", MailService.Submission, Encryption.Tls),
        ("_submission._tcp", MailService.Submission, Encryption.StartTls),
    ];

    public static async Task<Lookup> FindAsync(IDiscoveryNetwork network, string address, string domain, CancellationToken cancel)
    {
        var answers = await Task.WhenAll(Labels.Select(async label => (label, Answer: await network.QueryAsync($"{label.Label}.{domain}", DnsRecordType.Srv, cancel))));
        var servers = answers.SelectMany(item => Best(item.Answer) is { } srv
            ? new[] { new FoundServer(item.label.Service, srv.Target, srv.Port, item.label.Encryption, address, DiscoverySource.Srv, ServerStandings.Of(srv.Target, domain), $"{item.label.Label}.{domain}") }
            : []);
        return new Lookup([.. servers.DistinctBy(server => server.Service)], Array.Exists(answers, item => item.Answer.WasAnswered));
    }

    /// <summary>The one that most clients would use. Weights (RFC 2782) share load among many clients; a form wants one and the same answer.
    /// A target of "." says that the service is decidedly not offered.</summary>
    private static DnsRecord.Srv? Best(DnsAnswer answer) =>
        answer.Of<DnsRecord.Srv>().Where(srv => srv.Target.Length > 0 && srv.Port > 0).OrderBy(srv => srv.Priority).ThenByDescending(srv => srv.Weight).ThenBy(srv => srv.Target, StringComparer.Ordinal).FirstOrDefault();
}
