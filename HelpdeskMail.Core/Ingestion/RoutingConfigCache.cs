using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Routing.FollowUp;
using HelpdeskMail.Core.Settings;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>Keeps the routing configuration as long as its stamp stays: ten thousand aliases and a thousand filters are read once, not for each batch.</summary>
public sealed class RoutingConfigCache(SigningKey key, MailOptions options)
{
    private sealed record Kept(long Stamp, RoutingConfig Config);

    private volatile Kept? kept;

    internal async Task<RoutingConfig> GetAsync(HelpdeskDb db, CancellationToken cancel)
    {
        // The stamp first: rows that change between the two reads only make the next call read again.
        var stamp = await ConfigurationStamp.ReadAsync(db, cancel);
        if (kept is { } known && known.Stamp == stamp) return known.Config;
        var config = await RoutingConfig.LoadAsync(db, key, options.MaxMessageBytes, cancel);
        kept = new Kept(stamp, config);
        return config;
    }
}
