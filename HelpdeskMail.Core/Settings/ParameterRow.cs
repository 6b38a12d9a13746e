namespace HelpdeskMail.Core.Settings;

/// <param name="Value">What holds now: what was saved, or the default.</param>
public sealed record ParameterRow(string Key, string Description, string Value, string Default)
{
    public bool IsDefault => Value == Default;
}
