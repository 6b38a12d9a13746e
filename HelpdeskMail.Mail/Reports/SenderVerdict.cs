namespace HelpdeskMail.Mail.Reports;

/// <summary>Whether a mail's author is who the mail says. Names are stored: rename never.</summary>
public enum SenderVerdict
{
    /// <summary>The server checked, and nothing it found speaks for or against the author's domain.</summary>
    Unknown,

    /// <summary>The author's own domain vouches for the mail.</summary>
    Passed,

    /// <summary>The author's domain disowns it: it may be forged.</summary>
    Failed,
}
