using System.Text.RegularExpressions;

namespace HelpdeskMail.Core.Tickets;

/// <summary>The subject of an answer: one "Re:", the title, the ticket's number.</summary>
internal static partial class ReplySubject
{
    private const int Longest = 900;

    public static string Of(Ticket ticket)
    {
        var number = TicketNumber.TryParse(ticket.Number, out var parsed) ? parsed.Value.InSubject() : $"[#{ticket.Number}]";
        var title = Prefixes().Replace(ticket.Subject.Replace(number, "", StringComparison.Ordinal), "").Trim();
        if (title.Length > Longest) title = title[..Longest];
        return $"Re: {title} {number}";
    }

    // "Re: AW: Antw[2]: …" in the languages that mail programs write
    [GeneratedRegex(@"^\s*((re|aw|antw|sv|vs|odp|rif|res|ynt|отв)(\[\d+\])?\s*:\s*)+", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Prefixes();
}
