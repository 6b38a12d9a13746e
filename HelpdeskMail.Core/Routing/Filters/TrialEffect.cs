namespace HelpdeskMail.Core.Routing.Filters;

/// <summary>What a filter that is tried would have done with a mail that it matches; where several are true, the first.</summary>
public enum TrialEffect
{
    /// <summary>Kept it out.</summary>
    Ignores,

    /// <summary>Opened its ticket in another queue.</summary>
    Moves,

    /// <summary>Opened its ticket otherwise: priority, state, owner, customer, tags, fields.</summary>
    Changes,

    /// <summary>Kept automatic answers back.</summary>
    Silences,

    /// <summary>Nothing that makes a difference, such as a queue for a reply, which goes to its ticket.</summary>
    Nothing,

    /// <summary>An earlier filter that stops would have kept the mail from it.</summary>
    KeptBack,

    /// <summary>The mail is decided before any filter is asked: a duplicate, a delivery report and the like.</summary>
    DecidedBefore,
}
