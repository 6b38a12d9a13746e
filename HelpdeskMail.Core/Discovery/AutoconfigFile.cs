using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.Core.Discovery;

/// <summary>Reads "config-v1.1.xml": clientConfig / emailProvider / incomingServer and outgoingServer. Whatever isn't understood is left out.</summary>
internal static class AutoconfigFile
{
    private const int LongestDocument = 64 * 1024;
    private const int LongestUserName = 320;

    // No document type: no entities, no external files (XXE, billion laughs).
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = LongestDocument };

    /// <summary>The first server of each service that is encrypted, as the file orders them by preference. Empty: it isn't such a file.</summary>
    public static IReadOnlyList<FoundServer> Read(string xml, string address, string domain, string where)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(xml.TrimStart('\uFEFF', ' ', '\r', '\n', '\t')), Settings);
            var root = XDocument.Load(reader).Root;
            if (root?.Name.LocalName != "clientConfig") return [];
            return [.. root.Elements().Where(element => element.Name.LocalName == "emailProvider").Take(1).Elements()
                .Select(element => Server(element, address, domain, where)).OfType<FoundServer>().DistinctBy(server => server.Service)];
        }
        catch (XmlException)
        {
            return [];
        }
    }

    private static FoundServer? Server(XElement element, string address, string domain, string where)
    {
        MailService? service = (element.Name.LocalName, (string?)element.Attribute("type")) switch
        {
            ("incomingServer", "imap") => MailService.Imap,
            ("incomingServer", "pop3") => MailService.Pop3,
            ("outgoingServer", "smtp") => MailService.Submission,
            _ => null,
        };
        Encryption? encryption = Text(element, "socketType").ToUpperInvariant() switch { "SSL" => Encryption.Tls, "STARTTLS" => Encryption.StartTls, _ => null };
        var host = Fill(Text(element, "hostname"), address, domain).ToLowerInvariant();
        if (service is not { } found || encryption is not { } protection) return null;
        if (!int.TryParse(Text(element, "port"), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535) return null;
        if (host.Length is 0 or > 255 || Uri.CheckHostName(host) == UriHostNameType.Unknown) return null;
        var user = Fill(Text(element, "username"), address, domain);
        return new FoundServer(
            found, host, port, protection, user.Length is 0 or > LongestUserName || user.Any(char.IsControl) ? address : user, DiscoverySource.Autoconfig, ServerStandings.Of(host, domain), where);
    }

    private static string Text(XElement element, string name) => element.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value.Trim() ?? "";

    private static string Fill(string text, string address, string domain) => text
        .Replace("%EMAILADDRESS%", address, StringComparison.Ordinal)
        .Replace("%EMAILLOCALPART%", address[..address.LastIndexOf('@')], StringComparison.Ordinal)
        .Replace("%EMAILDOMAIN%", domain, StringComparison.Ordinal);
}
