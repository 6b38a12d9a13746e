using System.Text.RegularExpressions;
using HelpdeskMail.Core.Ingestion;

namespace HelpdeskMail.Core.Routing.FollowUp;

/// <summary>What in a mail may name a ticket of ours, besides the ids of known messages.</summary>
/// <param name="Signed">A signed id, with the ticket it is signed for.</param>
/// <param name="Tagged">An address with a tag of ours, with its ticket.</param>
/// <param name="Numbers">Ticket numbers in the subject.</param>
internal sealed partial record TicketClues((string Id, long Ticket)? Signed, (string Address, long Ticket)? Tagged, IReadOnlyList<string> Numbers)
{
    private const int MaxNumbers = 3;

    public static TicketClues Of(ReadMail mail, TicketSignature? signature) => new(
        signature is null ? null : First(mail.ReplyIds().Concat(mail.ReportedIds()), signature.InMessageId),
        signature is null ? null : First(mail.Recipients().Select(recipient => recipient.Address), signature.InAddress),
        mail.Subject.Contains("[#", StringComparison.Ordinal) ? [.. Number().Matches(mail.Subject).Take(MaxNumbers).Select(match => match.Groups["number"].Value).Distinct()] : []);

    private static (string, long)? First(IEnumerable<string> texts, Func<string, long?> find)
    {
        foreach (var text in texts)
        {
            if (find(text) is { } ticket) return (text, ticket);
        }
        return null;
    }

    [GeneratedRegex(@"\[#(?<number>\d{6,18})\]", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
