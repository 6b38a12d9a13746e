namespace HelpdeskMail.Core.Ingestion;

/// <summary>What an enhanced status code (RFC 3463 §3) means, in plain words.</summary>
internal static class BounceCause
{
    public static string Of(string? status) => status?.Split('.') is [_, var subject, var detail]
        ? (subject, detail) switch
        {
            ("1", "1") => "There is no such mailbox.",
            ("1", "2") => "There is no such domain.",
            ("1", "3") => "The address is malformed.",
            ("1", "10") => "The domain takes no mail.",
            ("1", _) => "The address is wrong.",
            ("2", "1") => "The mailbox is switched off.",
            ("2", "2") => "The mailbox is full.",
            ("2", "3") => "The mail is too large for the mailbox.",
            ("2", _) => "The mailbox can't take it.",
            ("3", "4") => "The mail is too large for the server.",
            ("3", _) => "The receiving server has a problem.",
            ("4", "1" or "2") => "The receiving server doesn't answer.",
            ("4", "4") => "No route to the receiving domain.",
            ("4", "7") => "It was tried for too long without success.",
            ("4", _) => "The way to the receiving server is disturbed.",
            ("7", "1") => "The receiving server refuses it by its rules.",
            ("7", _) => "The receiving server refuses it for reasons of security or policy.",
            _ => "The receiving server refused it.",
        }
        : "The receiving server refused it.";
}
