namespace HelpdeskMail.Core.Discovery;

/// <summary>The file that domains publish for mail programs, at the two places where those look for it. HTTPS only: over HTTP anybody on the way could
/// name his own server. The address itself is not sent along.</summary>
internal static class AutoconfigLookup
{
    public static async Task<Lookup> FindAsync(IDiscoveryNetwork network, string address, string domain, CancellationToken cancel)
    {
        Uri[] places = [new($"https://autoconfig.{domain}/mail/config-v1.1.xml"), new($"https://{domain}/.well-known/autoconfig/mail/config-v1.1.xml")];
        var documents = await Task.WhenAll(places.Select(place => network.GetAsync(place, cancel)));
        for (var i = 0; i < places.Length; i++)
        {
            if (documents[i].Text is { } text && AutoconfigFile.Read(text, address, domain, places[i].Host) is { Count: > 0 } servers) return new Lookup(servers, WasAnswered: true);
        }

        return new Lookup([], Array.Exists(documents, document => document.WasAnswered));
    }
}
