using HelpdeskMail.Core.Settings;

namespace HelpdeskMail.Core.Routing.FollowUp;

/// <summary>Which links of the follow-up chain are switched on (P1).</summary>
internal sealed record FollowUpRules(bool References, bool Signature, bool Tag, bool Subject)
{
    public static FollowUpRules Of(SavedSettings settings) => new(
        settings.Get(Parameters.FollowReferences), settings.Get(Parameters.FollowSignature), settings.Get(Parameters.FollowTag), settings.Get(Parameters.FollowSubject));
}
