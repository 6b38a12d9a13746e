namespace HelpdeskMail.Core.Routing.Loops;

/// <summary>How the story of a stopped sender stands.</summary>
public enum LoopState
{
    /// <summary>Mails were held back within the loop guard's time.</summary>
    Stopped,

    /// <summary>Nothing was held back for that long; nobody has settled it yet.</summary>
    Quiet,

    /// <summary>Somebody let the sender in again.</summary>
    Resumed,

    /// <summary>… and for good.</summary>
    Allowed,
}
