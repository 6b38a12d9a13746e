using HelpdeskMail.Core.Discovery;
using HelpdeskMail.Mail.Dns;

namespace HelpdeskMail.Tests.App.Components;

/// <summary>A world in which nothing is published: pages under test ask nobody outside. A test may put records into it.</summary>
internal sealed class SilentNetwork : IDiscoveryNetwork
{
    public Dictionary<string, DnsRecord> Records { get; } = new(StringComparer.Ordinal);

    public Task<DnsAnswer> QueryAsync(string name, DnsRecordType type, CancellationToken cancel) =>
        Task.FromResult(Records.GetValueOrDefault($"{name} {type}") is { } record ? new DnsAnswer(DnsStatus.Ok, [record]) : new DnsAnswer(DnsStatus.NoSuchName, []));

    public Task<DiscoveryDocument> GetAsync(Uri url, CancellationToken cancel) => Task.FromResult(new DiscoveryDocument(WasAnswered: true, Text: null));
}
