using HelpdeskMail.Core.Alerts;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Routing.Loops;

/// <summary>What a batch adds to the loop guard's books: records that senders created, and mails of theirs that were set aside.</summary>
internal sealed class LoopRows(RoutingKnowledge knowledge)
{
    private readonly List<LoopRecord> records = [];
    private readonly List<(IncomingMail Incoming, ReadMail Mail)> blocked = [];

    public void Note(IncomingMail incoming, ReadMail mail, Decision decision)
    {
        if (decision is Decision.Quarantine { Reason: DecisionReason.LoopBlocked }) blocked.Add((incoming, mail));
        if (decision is not (Decision.CreateTicket or Decision.HoldAsContactRequest { Joins: null })) return;
        var record = new LoopRecord { Sender = mail.From.Address, At = LoopGuard.TimeOf(incoming, mail) };
        records.Add(record);
        knowledge.Add(record);
    }

    public async Task SaveAsync(HelpdeskDb db, DateTime now, LoopRules rules, CancellationToken cancel)
    {
        await BulkRows.InsertAsync(db, records, cancel);
        foreach (var group in blocked.GroupBy(item => item.Mail.From.Address))
        {
            var (sender, count, since) = (group.Key, group.Count(), now - rules.Window);
            var open = await db.LoopIncidents.Where(row => row.Sender == sender && row.ResumedAt == null && row.LastAt > since).OrderByDescending(row => row.Id).Select(row => row.Id).FirstOrDefaultAsync(cancel);
            if (open == 0) await BeginAsync(db, New(group.First(), count, now, rules), cancel);
            else await db.LoopIncidents.Where(row => row.Id == open).ExecuteUpdateAsync(set => set.SetProperty(row => row.Blocked, row => row.Blocked + count).SetProperty(row => row.LastAt, now), cancel);
        }
        if (blocked.Count > 0) await db.SaveChangesAsync(cancel);
    }

    /// <summary>A new story: administrators are told once.</summary>
    private static async Task BeginAsync(HelpdeskDb db, LoopIncident incident, CancellationToken cancel)
    {
        db.LoopIncidents.Add(incident);
        await db.SaveChangesAsync(cancel); // the alert points to it
        var to = incident.Recipient is { } recipient ? $" to {recipient}" : "";
        var text = $"{incident.Sender} wrote {incident.Records} new mails{to} within {incident.Minutes} minutes. What it writes beyond that is held back in quarantine, and no ticket is made of it. Answers to tickets still come in.";
        const string Advice = "Look whether a program answers a program. Then let the sender in again, or always allow it if so many mails are wanted.";
        var alert = new Alert { Kind = AlertKind.SenderStopped, AboutId = incident.Id, MailboxId = incident.MailboxId, Subject = incident.Sender, Text = text, Advice = Advice, At = incident.StartedAt };
        await AlertWriter.AddAsync(db, alert, $"{incident.Sender} was stopped: perhaps a mail loop", $"{text}\n\n{Advice} The page \"Loops\" of the portal shows what was held back.\n", cancel);
    }

    private LoopIncident New((IncomingMail Incoming, ReadMail Mail) first, int count, DateTime now, LoopRules rules)
    {
        var (sender, at) = (first.Mail.From.Address, LoopGuard.TimeOf(first.Incoming, first.Mail));
        return new LoopIncident
        {
            Sender = sender,
            Recipient = first.Mail.To.Select(address => address.Address).Concat(first.Mail.Recipients().Select(recipient => recipient.Address)).FirstOrDefault(), // as it wrote it
            MailboxId = first.Incoming.MailboxId,
            StartedAt = now,
            LastAt = now,
            Records = knowledge.RecordsOf(sender, at - rules.Window, at),
            Minutes = (int)rules.Window.TotalMinutes,
            Blocked = count,
        };
    }
}
