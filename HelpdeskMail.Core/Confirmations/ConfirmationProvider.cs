namespace HelpdeskMail.Core.Confirmations;

/// <summary>A provider whose confirmation mails are known: by whom they are sent and where their links lead.</summary>
/// <param name="Addresses">Senders that write of nothing else: the sender is enough.</param>
/// <param name="Domains">Domains of senders, with what lies below them; the sender must be one that takes no answers, and the text must ask.</param>
/// <param name="Locals">Local parts of senders in any domain; the text must ask.</param>
/// <param name="Hosts">Where the links lead, with what lies below; empty: to the sender's own domain.</param>
/// <param name="Confirms">Part of the path of the link that confirms, where one is known.</param>
internal sealed record ConfirmationProvider(string Name, string[] Addresses, string[] Domains, string[] Locals, string[] Hosts, string? Confirms = null)
{
    /// <summary>Providers that keep to their form. Any other is read by <see cref="ConfirmationReader"/>'s general traits.</summary>
    public static readonly ConfirmationProvider[] All =
    [
        new("Gmail", ["forwarding-noreply@google.com", "gmail-noreply@google.com"], [], [], ["google.com"], "/vf-"),
        new("Microsoft 365 / Outlook", ["account-security-noreply@accountprotection.microsoft.com"], ["microsoft.com", "microsoftonline.com", "office365.com"], [],
            ["microsoft.com", "live.com", "microsoftonline.com", "office.com", "outlook.com"]),
        new("Yahoo Mail", [], ["yahoo.com", "yahoo-inc.com", "yahooinc.com", "aol.com"], [], ["yahoo.com", "aol.com"]),
        new("Yandex", [], ["yandex.ru", "yandex.com", "yandex-team.ru", "ya.ru"], [], ["yandex.ru", "yandex.com", "yandex.net", "ya.ru"]),
        new("Mail.ru", [], ["mail.ru", "vk.company"], [], ["mail.ru"]),
        new("iCloud", [], ["apple.com", "icloud.com"], [], ["apple.com", "icloud.com"]),
        new("Zoho Mail", [], ["zoho.com", "zoho.eu", "zoho.in", "zohomail.com", "zohocorp.com"], [], ["zoho.com", "zoho.eu", "zoho.in", "zohomail.com"]),
        new("GMX / WEB.DE", [], ["gmx.net", "gmx.de", "gmx.com", "web.de", "mail.com"], [], ["gmx.net", "gmx.de", "gmx.com", "web.de", "mail.com"]),
        new("Proton Mail", [], ["proton.me", "protonmail.com"], [], ["proton.me", "protonmail.com"]),
        new("Fastmail", [], ["fastmail.com", "fastmailteam.com"], [], ["fastmail.com"]),
        new("Cloudflare Email Routing", [], ["cloudflare.com"], [], ["cloudflare.com"]),
        new("GoDaddy", [], ["godaddy.com", "secureserver.net"], [], ["godaddy.com", "secureserver.net"]),
        new("ImprovMX", [], ["improvmx.com"], [], ["improvmx.com"]),
        new("cPanel", [], ["cpanel.net"], ["cpanel", "whm"], []),
    ];

    private static readonly HashSet<string> Exact = All.SelectMany(row => row.Addresses).ToHashSet(StringComparer.Ordinal);
    private static readonly HashSet<string> LocalParts = All.SelectMany(row => row.Locals).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether a sender needs no sign of a machine to be looked at: cheap, for it is asked for every mail.</summary>
    public static bool IsListed(string sender) => Exact.Contains(sender) || LocalParts.GetAlternateLookup<ReadOnlySpan<char>>().Contains(sender.AsSpan(0, Math.Max(0, sender.LastIndexOf('@'))));

    /// <param name="sender">Normalised address.</param>
    /// <returns>Null: none that we know.</returns>
    public static ConfirmationProvider? Of(string sender)
    {
        var at = sender.LastIndexOf('@');
        var (local, domain) = at < 0 ? (sender, "") : (sender[..at], sender[(at + 1)..]);
        return Array.Find(All, row => row.Addresses.Contains(sender, StringComparer.Ordinal))
            ?? Array.Find(All, row => Array.Exists(row.Domains, known => IsWithin(domain, known)) || row.Locals.Contains(local, StringComparer.Ordinal));
    }

    public static bool IsWithin(string host, string domain) =>
        host.Equals(domain, StringComparison.OrdinalIgnoreCase) || (host.EndsWith(domain, StringComparison.OrdinalIgnoreCase) && host.Length > domain.Length && host[^(domain.Length + 1)] == '.');
}
