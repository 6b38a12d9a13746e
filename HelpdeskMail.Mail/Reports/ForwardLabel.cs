namespace HelpdeskMail.Mail.Reports;

/// <summary>What a line of a forward's header block is about.</summary>
internal enum ForwardLabel
{
    None,
    From,
    To,
    Cc,
    Subject,
    Date,

    /// <summary>A label that is known and says nothing we need.</summary>
    Other,
}
