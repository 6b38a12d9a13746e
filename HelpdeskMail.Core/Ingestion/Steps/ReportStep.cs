using HelpdeskMail.Core.Deliveries;
using HelpdeskMail.Core.Outbound;

namespace HelpdeskMail.Core.Ingestion.Steps;

/// <summary>
/// Takes reports on mail of ours out of the way: delivery reports (RFC 3464 and older forms), read receipts (RFC 8098), complaints (RFC 5965). They are noted
/// with the mail they are about and never make a ticket, wherever they were sent to. A report on none of ours is noted, too: there is nothing to answer in it.
/// A complaint about none of ours goes on: for an abuse desk it is work.
/// </summary>
internal sealed class ReportStep : IRoutingStep
{
    public string Name => "report";

    public Decision? Decide(RoutingContext context)
    {
        var mail = context.Mail;
        if (mail.Original is null)
        {
            context.Say("pass", "not a report on a sent mail");
            return null;
        }
        var original = ReportSearch.Find(context, mail.Original);
        if (original is not null) return Record(context, original);
        var first = Reports(mail)[0];
        if (first.Kind == NewsKind.Complaint)
        {
            context.Say("pass", "a complaint, but about no mail of ours");
            return null;
        }
        context.Say("matched", $"{ReportWords.Kind(first.Kind)} for {ReportWords.Address(first.Recipient)}, about no mail of ours: noted, and no ticket is made");
        return new Decision.RecordReport(
            DecisionReason.ReportOnUnknown, $"{ReportWords.Kind(first.Kind, capital: true)} for {ReportWords.Address(first.Recipient)}, about a mail that was not sent from here.", null,
            [.. Reports(mail).Select(report => News(report, null))]);
    }

    /// <summary>A report of which no recipient can be read tells of a failure: it would say otherwise.</summary>
    private static IReadOnlyList<ReadReport> Reports(ReadMail mail) => mail.Reports.Count > 0 ? mail.Reports : [new ReadReport(NewsKind.Failed, "", null, null, null, null)];

    private static Decision.RecordReport Record(RoutingContext context, SentMail original)
    {
        List<HeardNews> news = [.. Reports(context.Mail).Select(report => News(report, original))];
        var worst = news.MinBy(item => Rank(item.Kind))!;
        var whom = string.Join(", ", news.Where(item => item.Kind == worst.Kind).Select(item => ReportWords.Address(item.Address)).Distinct().Take(5));
        context.Say("noted", $"{ReportWords.Kind(worst.Kind)} for {whom}{(worst.Status is { } status ? $", status {status}" : "")}{(worst.Cause is { } cause ? $": {cause}" : "")}");
        return new Decision.RecordReport(ReportWords.Reason(worst.Kind), ReportWords.Sentence(worst, whom, original), original, news);
    }

    private static HeardNews News(ReadReport report, SentMail? original)
    {
        var recipient = original?.Recipient(report.Addresses);
        var address = recipient?.Address ?? report.Recipient;
        var reported = report.Addresses.FirstOrDefault(other => !string.Equals(other, address, StringComparison.OrdinalIgnoreCase) && other != report.Recipient)
            ?? (string.Equals(report.Recipient, address, StringComparison.OrdinalIgnoreCase) || report.Recipient.Length == 0 ? null : report.Recipient);
        var cause = report.Kind is NewsKind.Failed or NewsKind.Delayed ? BounceCause.Of(report.Status, report.Line).Words : null;
        return new HeardNews(report.Kind, address, recipient?.Id, reported, report.Status, cause, report.Line, report.Mta);
    }

    private static int Rank(NewsKind kind) => kind switch
    {
        NewsKind.Failed => 0,
        NewsKind.Complaint => 1,
        NewsKind.Delayed => 2,
        NewsKind.Expanded or NewsKind.Relayed => 3,
        _ => 4,
    };
}
