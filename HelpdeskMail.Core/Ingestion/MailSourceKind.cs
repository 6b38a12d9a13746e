namespace HelpdeskMail.Core.Ingestion;

/// <summary>The way a mail came in.</summary>
public enum MailSourceKind
{
    Fetch,
    Inbound,
    Deliver,
    Import,

    /// <summary>Not a mail: the files of an internal note, kept in the same form.</summary>
    Note,
}
