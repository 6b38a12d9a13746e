using HelpdeskMail.Core.Settings;

namespace HelpdeskMail.Core.Routing.Loops;

/// <summary>How much one sender may create (N7).</summary>
/// <param name="Allowed">Addresses, and domains with a leading "@", that are never stopped.</param>
internal sealed record LoopRules(int Threshold, TimeSpan Window, IReadOnlySet<string> Allowed)
{
    public static LoopRules Of(SavedSettings settings) => new(
        settings.Get(Parameters.LoopThreshold), TimeSpan.FromMinutes(settings.Get(Parameters.LoopMinutes)), settings.Get(Parameters.LoopAllowed).ToHashSet(StringComparer.OrdinalIgnoreCase));

    public bool Allows(string sender) => EntryOf(sender) is not null;

    /// <summary>What of the list holds the sender; null: nothing.</summary>
    public string? EntryOf(string sender)
    {
        if (Allowed.Contains(sender)) return sender;
        var domain = sender[Math.Max(0, sender.LastIndexOf('@'))..];
        return Allowed.Contains(domain) ? domain : null;
    }
}
