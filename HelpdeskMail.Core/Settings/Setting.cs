namespace HelpdeskMail.Core.Settings;

/// <summary>A parameter that administrators change in the portal, such as "mail.gateway.loop.threshold".</summary>
public sealed class Setting
{
    public required string Key { get; set; }

    public required string Value { get; set; }
}
