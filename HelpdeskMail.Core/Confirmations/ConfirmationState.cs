namespace HelpdeskMail.Core.Confirmations;

/// <summary>Names are stored: rename never.</summary>
public enum ConfirmationState
{
    Open,

    /// <summary>Somebody has confirmed it at the provider.</summary>
    Done,

    /// <summary>Nobody wants it.</summary>
    Dismissed,
}
