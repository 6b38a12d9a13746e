using HelpdeskMail.Core.Settings;

namespace HelpdeskMail.Core.Routing.Loops;

/// <summary>How much one sender may create (N7).</summary>
/// <param name="Allowed">Addresses, and domains with a leading "@", that are never stopped.</param>
internal sealed record LoopRules(int Threshold, TimeSpan Window, IReadOnlySet<string> Allowed)
{
    public static LoopRules Of(SavedSettings settings) => new(
        settings.Get(Parameters.LoopThreshold), TimeSpan.FromMinutes(settings.Get(Parameters.LoopMinutes)), settings.Get(Parameters.LoopAllowed).ToHashSet(StringComparer.OrdinalIgnoreCase));

    public bool Allows(string sender) => Allowed.Contains(sender) || Allowed.Contains(sender[Math.Max(0, sender.LastIndexOf('@'))..]);
}
