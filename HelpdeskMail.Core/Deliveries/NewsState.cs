namespace HelpdeskMail.Core.Deliveries;

/// <summary>Whether news wants anything of anybody. Names are stored: rename never.</summary>
public enum NewsState
{
    /// <summary>A failure or complaint that nobody has seen to yet.</summary>
    Open,

    /// <summary>Somebody has acknowledged it.</summary>
    Seen,

    /// <summary>A delay of a mail whose fate isn't known yet.</summary>
    Waiting,

    /// <summary>Nothing is to be done: it arrived, or later news say more.</summary>
    Noted,

    /// <summary>A report about no mail of ours.</summary>
    Unknown,
}
