namespace HelpdeskMail.App.Resources;

/// <summary>Texts of the settings page.</summary>
public sealed class SettingTexts;
