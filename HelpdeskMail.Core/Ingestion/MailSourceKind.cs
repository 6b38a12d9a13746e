namespace HelpdeskMail.Core.Ingestion;

/// <summary>The way a mail came in.</summary>
public enum MailSourceKind
{
    Fetch,
    Inbound,
    Deliver,
    Import,
}
