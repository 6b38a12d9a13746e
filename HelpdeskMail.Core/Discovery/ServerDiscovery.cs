using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Mail.Addresses;
using HelpdeskMail.Mail.Dns;

namespace HelpdeskMail.Core.Discovery;

/// <summary>Finds the servers of an e-mail address (G6): known providers, then what the domain says of itself, then where its mail goes.
/// It only looks; nothing is ever sent to a server that was found.</summary>
public sealed class ServerDiscovery(IDiscoveryNetwork network, TimeProvider time)
{
    /// <summary>For the whole: somebody is waiting before a form.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5.5);

    /// <param name="progress">Told when a way of looking begins and when it has ended.</param>
    public async Task<DiscoveryResult> FindAsync(string address, IProgress<DiscoveryStep>? progress = null, CancellationToken cancel = default)
    {
        if (!MailAddress.TryParse(address, out var parsed) || parsed.AsciiDomain?.ToLowerInvariant() is not { Length: > 0 } domain) return new DiscoveryResult("", [], null, []);
        if (ProviderPresets.OfAddress(parsed.Address) is { } known)
        {
            var step = new DiscoveryStep(DiscoverySource.Preset, DiscoveryState.Found, $"{domain} belongs to {known.Name}.");
            progress?.Report(step);
            return new DiscoveryResult(domain, Servers(known, parsed.Address, DiscoverySource.Preset, known.Name), known, [step]);
        }

        using var deadline = new CancellationTokenSource(Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        // All at once; the surer source decides whoever is faster.
        Task<(DiscoveryStep, Lookup)>[] ways =
        [
            LookAsync(DiscoverySource.Srv, progress, () => SrvLookup.FindAsync(network, parsed.Address, domain, either.Token), deadline.Token, cancel),
            LookAsync(DiscoverySource.Autoconfig, progress, () => AutoconfigLookup.FindAsync(network, parsed.Address, domain, either.Token), deadline.Token, cancel),
            LookAsync(DiscoverySource.Mx, progress, () => MxAsync(parsed.Address, domain, either.Token), deadline.Token, cancel),
        ];
        var found = new List<FoundServer>();
        var steps = new List<DiscoveryStep>();
        ProviderPreset? provider = null;
        var noDomain = false;
        foreach (var way in ways)
        {
            var (step, lookup) = await way;
            steps.Add(step);
            noDomain |= lookup.NoSuchDomain;
            if (found.Count == 0) provider = lookup.Provider;
            found.AddRange(lookup.Servers.Where(server => found.TrueForAll(other => other.Service != server.Service)));
            if (IsEnough(found)) await either.CancelAsync();
        }

        cancel.ThrowIfCancellationRequested();
        provider ??= found.Select(server => ProviderPresets.OfHost(server.Host)).FirstOrDefault(preset => preset is not null);
        return new DiscoveryResult(domain, found, provider, steps, NoNetwork: steps.TrueForAll(step => step.State == DiscoveryState.NoAnswer), NoSuchDomain: noDomain && found.Count == 0);
    }

    private async Task<Lookup> MxAsync(string address, string domain, CancellationToken cancel)
    {
        var (preset, exchange, status) = await MxProviders.FindAsync(network, domain, cancel);
        return new Lookup(preset is null ? [] : Servers(preset, address, DiscoverySource.Mx, exchange), status is DnsStatus.Ok or DnsStatus.NoSuchName, preset, status == DnsStatus.NoSuchName);
    }

    private static async Task<(DiscoveryStep Step, Lookup Lookup)> LookAsync(
        DiscoverySource source, IProgress<DiscoveryStep>? progress, Func<Task<Lookup>> look, CancellationToken deadline, CancellationToken cancel)
    {
        progress?.Report(new DiscoveryStep(source, DiscoveryState.Looking, Question(source)));
        var lookup = new Lookup([], WasAnswered: false);
        var needed = true;
        try
        {
            lookup = await look();
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            needed = deadline.IsCancellationRequested;
        }

        var state = !needed ? DiscoveryState.NotNeeded : lookup.Servers.Count > 0 ? DiscoveryState.Found : lookup.WasAnswered ? DiscoveryState.Nothing : DiscoveryState.NoAnswer;
        var step = new DiscoveryStep(source, state, Answer(source, state, lookup));
        progress?.Report(step);
        return (step, lookup);
    }

    private static bool IsEnough(List<FoundServer> found) =>
        found.Exists(server => server.Service is MailService.Imap or MailService.Pop3) && found.Exists(server => server.Service == MailService.Submission);

    private static FoundServer[] Servers(ProviderPreset preset, string address, DiscoverySource source, string where) =>
    [
        .. new[] { (MailService.Imap, preset.Imap), (MailService.Pop3, preset.Pop3), (MailService.Submission, preset.Smtp) }
            .Where(item => item.Item2 is not null)
            .Select(item => new FoundServer(item.Item1, item.Item2!.Host, item.Item2.Port, item.Item2.Encryption, address, source, ServerStanding.KnownProvider, where)),
    ];

    private static string Question(DiscoverySource source) => source switch
    {
        DiscoverySource.Srv => "Asking the domain's name servers for its mail services",
        DiscoverySource.Autoconfig => "Asking the domain's web servers for their settings for mail programs",
        DiscoverySource.Mx => "Looking where the domain's mail goes",
        DiscoverySource.Preset or _ => "Comparing with the known providers",
    };

    private static string Answer(DiscoverySource source, DiscoveryState state, Lookup lookup) => (source, state) switch
    {
        (_, DiscoveryState.NotNeeded) => "Not needed any more.",
        (DiscoverySource.Srv, DiscoveryState.Found) => $"The domain's name servers say: {Hosts(lookup)}.",
        (DiscoverySource.Srv, DiscoveryState.Nothing) => "The domain's name servers name no mail services.",
        (DiscoverySource.Srv, _) => "No name server answered in time.",
        (DiscoverySource.Autoconfig, DiscoveryState.Found) => $"{lookup.Servers[0].Where} publishes settings for mail programs: {Hosts(lookup)}.",
        (DiscoverySource.Autoconfig, DiscoveryState.Nothing) => "The domain's web servers publish no settings for mail programs.",
        (DiscoverySource.Autoconfig, _) => "No web server of the domain answered in time with a valid certificate.",
        (DiscoverySource.Mx, DiscoveryState.Found) => $"The domain's mail goes to {lookup.Servers[0].Where}, so it is with {lookup.Provider?.Name}.",
        (DiscoverySource.Mx, DiscoveryState.Nothing) when lookup.NoSuchDomain => "The name servers know of no such domain.",
        (DiscoverySource.Mx, DiscoveryState.Nothing) => "The domain's mail goes to none of the known providers.",
        (DiscoverySource.Mx, _) => "No name server said where the domain's mail goes.",
        _ => "",
    };

    private static string Hosts(Lookup lookup) => string.Join(", ", lookup.Servers.Select(server => server.Host).Distinct(StringComparer.Ordinal));
}
