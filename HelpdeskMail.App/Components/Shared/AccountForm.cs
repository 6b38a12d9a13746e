using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.App.Components.Shared;

/// <summary>What the forms of mailboxes and of outbound accounts share beyond saving: the provider and the test.</summary>
public abstract class AccountForm : SavingForm
{
    protected TestSteps? Test { get; set; }

    /// <summary>Key of the preset that was chosen or found; "": none.</summary>
    protected string Provider { get; set; } = "";

    protected ProviderPreset? Preset => ProviderPresets.All.FirstOrDefault(preset => preset.Key == Provider);
}
