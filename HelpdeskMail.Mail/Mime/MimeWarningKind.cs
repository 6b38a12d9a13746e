namespace HelpdeskMail.Mail.Mime;

/// <summary>What was wrong with a message that was read all the same.</summary>
public enum MimeWarningKind
{
    Truncated,
    LimitBytes,
    LimitDepth,
    LimitParts,
    LimitHeaders,
    MalformedHeader,
    MissingBlankLine,
    MissingBoundary,
    WrongBoundary,
    UnclosedMultipart,
    BareCarriageReturns,
    NulBytes,
    UnknownTransferEncoding,
    UnknownCharset,
    BrokenTnef,
}
