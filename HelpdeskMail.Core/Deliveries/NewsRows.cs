using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Mail.Reports;

namespace HelpdeskMail.Core.Deliveries;

/// <summary>What a batch of incoming mails says of sent ones: its reports, and that those who write can be written to.</summary>
internal sealed class NewsRows
{
    private readonly List<(IncomingMail Incoming, Decision.RecordReport Decision)> reports = [];
    private readonly Dictionary<string, DateTime> writers = new(StringComparer.Ordinal);

    public void Note(IncomingMail incoming, Decision decision)
    {
        if (decision is Decision.RecordReport report) reports.Add((incoming, report));
        else if (decision is Decision.CreateTicket or Decision.AppendToTicket or Decision.HoldAsContactRequest && incoming.Mail is { Automatic: AutomaticKind.None or AutomaticKind.AutoReply } mail) writers[mail.From.Address] = incoming.HeardAt;
    }

    /// <param name="db">In the transaction, which has taken the counter "tickets": so nobody else counts failures at the same time.</param>
    public async Task SaveAsync(HelpdeskDb db, DateTime now, CancellationToken cancel)
    {
        foreach (var (incoming, decision) in reports) await new NewsWriter(db, now).WriteAsync(decision.Original, decision.News, incoming.StoredMailId, incoming.HeardAt, cancel);
        await FailureCounts.WroteAsync(db, writers, now, cancel);
    }
}
