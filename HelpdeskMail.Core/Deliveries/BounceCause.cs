namespace HelpdeskMail.Core.Deliveries;

/// <summary>Why a mail was not delivered, from its enhanced status code (RFC 3463 §3 and what the IANA registry added) and the server's own words.</summary>
/// <param name="Words">A sentence for people; null: nothing could be read.</param>
/// <param name="AddressIsWrong">No mail can ever reach the address.</param>
/// <param name="IsHard">For good, and because of the address or its mailbox.</param>
/// <param name="IsOurs">It says something of us, not of the recipient.</param>
internal sealed record BounceCause(string? Words, bool AddressIsWrong = false, bool IsHard = false, bool IsOurs = false)
{
    /// <summary>What servers say of an address that isn't there, when their code says nothing.</summary>
    private static readonly string[] Nobody =
    [
        "user unknown", "unknown user", "no such user", "no such recipient", "no such mailbox", "no mailbox here", "unknown recipient", "recipient unknown", "unknown mailbox", "user not found", "recipient not found",
        "mailbox not found", "does not exist", "doesn't exist", "address unknown", "unknown address", "no such address", "invalid recipient", "invalid mailbox", "not a valid mailbox", "user doesn't have", "user does not have",
        "recipient address rejected: access denied", "not our customer", "isn't a valid", "is not a valid recipient", "no longer exists", "mailbox unavailable",
    ];

    private static readonly string[] Full = ["mailbox full", "mailbox is full", "over quota", "quota exceeded", "exceeded storage", "out of storage"];

    public static BounceCause Of(string? status, string? line)
    {
        var code = status?.Split('.') is [{ Length: 1 } first, var subject, var detail] ? (Class: first, Subject: subject, Detail: detail) : (Class: "", Subject: "0", Detail: "0");
        if (code.Class.Length == 0 && string.IsNullOrWhiteSpace(line)) return new(null as string);
        var permanent = code.Class != "4";
        if (permanent && SaysLittle(code.Subject, code.Detail) && line is not null)
        {
            if (ContainsAny(line, Full)) return new("The mailbox is full.");
            if (ContainsAny(line, Nobody)) return new("There is no such mailbox.", AddressIsWrong: true, IsHard: true);
        }
        var words = Sentence(code.Subject, code.Detail) ?? (permanent ? "The receiving server refused it." : "The receiving server could not take it for the time being.");
        return (code.Subject, code.Detail) switch
        {
            ("1", "1" or "2" or "3" or "4" or "6" or "10") => new(words, AddressIsWrong: permanent, IsHard: permanent),
            ("1", "7" or "8") or ("7", "27") => new(words, IsOurs: true),
            ("1", _) or ("2", "0" or "1") or ("7", "13" or "17" or "18") => new(words, IsHard: permanent),
            ("0", _) => new(words, IsHard: permanent),
            _ => new(words),
        };
    }

    /// <summary>Codes behind which servers hide that nobody is there: "other", and Exchange Online's 5.4.1.</summary>
    private static bool SaysLittle(string subject, string detail) => subject == "0" || (subject, detail) is ("5", _) or ("1", "0") or ("2", "0") or ("4", "1");

    private static bool ContainsAny(string line, string[] phrases) => Array.Exists(phrases, phrase => line.Contains(phrase, StringComparison.OrdinalIgnoreCase));

    private static string? Sentence(string subject, string detail) => (subject, detail) switch
    {
        ("1", "1") => "There is no such mailbox.",
        ("1", "2") => "There is no such domain.",
        ("1", "3") => "The address is malformed.",
        ("1", "4") => "The address stands for more than one mailbox.",
        ("1", "6") => "The mailbox has moved, and nobody knows where.",
        ("1", "7") => "The receiving server calls our address malformed.",
        ("1", "8") => "The receiving server doesn't know the domain of our address.",
        ("1", "9") => "The receiving domain's mail system can't handle it.",
        ("1", "10") => "The domain takes no mail.",
        ("1", _) => "The address is wrong.",
        ("2", "1") => "The mailbox is switched off.",
        ("2", "2") => "The mailbox is full.",
        ("2", "3") => "The mail is too large for the mailbox.",
        ("2", "4") => "The list behind the address could not be resolved.",
        ("2", _) => "The mailbox can't take it.",
        ("3", "1") => "The receiving server is full.",
        ("3", "2") => "The receiving server takes no mail at present.",
        ("3", "4") => "The mail is too large for the server.",
        ("3", "5") => "The receiving server is misconfigured.",
        ("3", _) => "The receiving server has a problem.",
        ("4", "1" or "2") => "The receiving server doesn't answer.",
        ("4", "3") => "The receiving server could not look the address up.",
        ("4", "4") => "No route to the receiving domain.",
        ("4", "5") => "The receiving server is overloaded.",
        ("4", "6") => "The mail went in a circle between servers.",
        ("4", "7") => "It was tried for too long without success.",
        ("4", _) => "The way to the receiving server is disturbed.",
        ("5", "3") => "The mail had too many recipients.",
        ("5", _) => "The servers misunderstood each other.",
        ("6", "7") => "The receiving server takes no international addresses.",
        ("6", _) => "The receiving server can't handle the content.",
        ("7", "1") => "The receiving server refuses it by its rules.",
        ("7", "2") => "We may not write to this list.",
        ("7", "10" or "30") => "The receiving server asks for an encrypted connection.",
        ("7", "13") => "The mailbox is switched off.",
        ("7", "17") => "The mailbox belongs to somebody else now.",
        ("7", "18") => "The domain belongs to somebody else now.",
        ("7", "20" or "21" or "22") => "The receiving server wants a valid DKIM signature of ours.",
        ("7", "23" or "24") => "By our domain's SPF record our server may not send for us.",
        ("7", "25") => "Our sending server has no valid reverse DNS entry.",
        ("7", "26") => "Several checks of our sending domain failed.",
        ("7", "27") => "Our own domain says that it takes no mail.",
        ("7", "28") => "The receiving server finds that too much is being sent.",
        ("7", _) => "The receiving server refuses it for reasons of security or policy.",
        _ => null,
    };
}
