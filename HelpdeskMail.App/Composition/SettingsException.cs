namespace HelpdeskMail.App.Composition;

/// <summary>The application settings can't be used; the message names every bad key, one a line.</summary>
internal sealed class SettingsException(IReadOnlyList<string> faults)
    : Exception("The settings are wrong:" + string.Concat(faults.Select(fault => $"{Environment.NewLine}  {fault}")))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
