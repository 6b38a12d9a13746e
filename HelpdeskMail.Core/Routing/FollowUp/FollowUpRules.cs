using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Settings;

namespace HelpdeskMail.Core.Routing.FollowUp;

/// <summary>Which links of the follow-up chain are switched on (P1).</summary>
internal sealed record FollowUpRules(bool References, bool Signature, bool Tag, bool Subject)
{
    public static async Task<FollowUpRules> LoadAsync(HelpdeskDb db, CancellationToken cancel)
    {
        var saved = await SettingsStore.SavedAsync(db, cancel);
        return new FollowUpRules(Read(Parameters.FollowReferences), Read(Parameters.FollowSignature), Read(Parameters.FollowTag), Read(Parameters.FollowSubject));

        bool Read(FlagParameter parameter) => parameter.Read(saved.GetValueOrDefault(parameter.Key));
    }
}
