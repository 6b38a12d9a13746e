namespace HelpdeskMail.Core.Fetching;

/// <summary>Where the server's copy of a message is, as far as a fetch or a reconcile has seen.</summary>
public enum LedgerPlace
{
    /// <summary>In the folder that is fetched.</summary>
    Folder,

    /// <summary>In the mailbox's archive folder.</summary>
    Archive,

    /// <summary>Deleted by us, as the mailbox says.</summary>
    Deleted,

    /// <summary>In neither folder when it was last looked for: moved or deleted by somebody else.</summary>
    Gone,
}
