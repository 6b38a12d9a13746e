namespace HelpdeskMail.Core.Routing.Filters;

/// <summary>What is wrong with a filter although it can be saved.</summary>
public enum FilterAdviceKind
{
    /// <summary>An earlier filter that stops matches whatever this one would.</summary>
    Shadowed,

    /// <summary>Two of its conditions can't hold at once.</summary>
    Contradiction,

    /// <summary>It chooses a queue that is not there.</summary>
    QueueGone,

    /// <summary>It chooses an owner who is no user.</summary>
    OwnerGone,
}
