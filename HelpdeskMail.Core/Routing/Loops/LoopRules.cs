using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Settings;

namespace HelpdeskMail.Core.Routing.Loops;

/// <summary>How much one sender may create (N7).</summary>
/// <param name="Allowed">Addresses, and domains with a leading "@", that are never stopped.</param>
internal sealed record LoopRules(int Threshold, TimeSpan Window, IReadOnlySet<string> Allowed)
{
    public static async Task<LoopRules> LoadAsync(HelpdeskDb db, CancellationToken cancel)
    {
        var saved = await SettingsStore.SavedAsync(db, cancel);
        return new LoopRules(
            Parameters.LoopThreshold.Read(saved.GetValueOrDefault(Parameters.LoopThreshold.Key)),
            TimeSpan.FromMinutes(Parameters.LoopMinutes.Read(saved.GetValueOrDefault(Parameters.LoopMinutes.Key))),
            Parameters.LoopAllowed.Read(saved.GetValueOrDefault(Parameters.LoopAllowed.Key)).ToHashSet(StringComparer.OrdinalIgnoreCase));
    }

    public bool Allows(string sender) => Allowed.Contains(sender) || Allowed.Contains(sender[Math.Max(0, sender.LastIndexOf('@'))..]);
}
