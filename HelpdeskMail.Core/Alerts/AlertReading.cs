namespace HelpdeskMail.Core.Alerts;

/// <summary>How far a user has read the alerts.</summary>
public sealed class AlertReading
{
    public required string UserId { get; set; }

    /// <summary>Every alert up to this one is read.</summary>
    public long LastAlertId { get; set; }
}
