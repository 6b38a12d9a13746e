using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Mail.Dns;

namespace HelpdeskMail.Core.Discovery;

/// <summary>Domains of their own whose mail goes to a provider we know: recognised by the end of the mail exchanger's name.</summary>
internal static class MxProviders
{
    /// <summary>The longer ending before the shorter one.</summary>
    private static readonly (string Ending, string Preset)[] Endings =
    [
        ("google.com", "gmail"),
        ("googlemail.com", "gmail"),
        ("olc.protection.outlook.com", "outlook"),
        ("mail.protection.outlook.com", "microsoft365"),
        ("mx.microsoft", "microsoft365"),
        ("mx.yandex.net", "yandex"),
        ("mx.yandex.ru", "yandex"),
        ("mail.ru", "mailru"),
        ("yahoodns.net", "yahoo"),
        ("mail.icloud.com", "icloud"),
        ("gmx.net", "gmx"),
        ("web.de", "webde"),
        ("zoho.com", "zoho"),
        ("zoho.eu", "zohoeu"),
        ("messagingengine.com", "fastmail"),
        ("freenet.de", "freenet"),
        ("infomaniak.ch", "infomaniak"),
        ("infomaniak.com", "infomaniak"),
        ("kundenserver.de", "ionosde"),
        ("ionos.de", "ionosde"),
        ("ionos.com", "ionos"),
        ("1and1.com", "ionos"),
        ("mailbox.org", "mailboxorg"),
        ("naver.com", "naver"),
        ("orange.fr", "orange"),
        ("ovh.net", "ovh"),
        ("posteo.de", "posteo"),
        ("rambler.ru", "rambler"),
        ("seznam.cz", "seznam"),
        ("rzone.de", "strato"),
        ("bluewin.ch", "swisscom"),
        ("t-online.de", "tonline"),
    ];

    public static async Task<(ProviderPreset? Preset, string Exchange, DnsStatus Status)> FindAsync(IDiscoveryNetwork network, string domain, CancellationToken cancel)
    {
        var answer = await network.QueryAsync(domain, DnsRecordType.Mx, cancel);
        foreach (var mx in answer.Of<DnsRecord.Mx>().OrderBy(mx => mx.Preference))
        {
            if (OfExchange(mx.Exchange) is { } preset) return (preset, mx.Exchange, answer.Status);
        }

        return (null, "", answer.Status);
    }

    public static ProviderPreset? OfExchange(string exchange)
    {
        var key = Array.Find(Endings, item => exchange == item.Ending || exchange.EndsWith("." + item.Ending, StringComparison.Ordinal)).Preset;
        var preset = ProviderPresets.All.FirstOrDefault(candidate => candidate.Key == key);
        return preset is { Key: "zoho" or "zohoeu" } zoho ? OwnDomain(zoho) : preset;
    }

    /// <summary>Zoho serves domains of their own from other hosts than its own addresses.</summary>
    private static ProviderPreset OwnDomain(ProviderPreset zoho) => zoho with
    {
        Imap = zoho.Imap with { Host = zoho.Imap.Host.Replace("imap.", "imappro.", StringComparison.Ordinal) },
        Pop3 = zoho.Pop3! with { Host = zoho.Pop3.Host.Replace("pop.", "poppro.", StringComparison.Ordinal) },
        Smtp = zoho.Smtp with { Host = zoho.Smtp.Host.Replace("smtp.", "smtppro.", StringComparison.Ordinal) },
    };
}
