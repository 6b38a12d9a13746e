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

    public async Task SaveAsync(HelpdeskDb db, DateTime now, TimeSpan window, CancellationToken cancel)
    {
        await BulkRows.InsertAsync(db, records, cancel);
        foreach (var group in blocked.GroupBy(item => item.Mail.From.Address))
        {
            var (sender, count, since) = (group.Key, group.Count(), now - window);
            var open = await db.LoopIncidents.Where(row => row.Sender == sender && row.ResumedAt == null && row.LastAt > since).OrderByDescending(row => row.Id).Select(row => row.Id).FirstOrDefaultAsync(cancel);
            if (open == 0) db.LoopIncidents.Add(New(group.First(), count, now));
            else await db.LoopIncidents.Where(row => row.Id == open).ExecuteUpdateAsync(set => set.SetProperty(row => row.Blocked, row => row.Blocked + count).SetProperty(row => row.LastAt, now), cancel);
        }
        if (blocked.Count > 0) await db.SaveChangesAsync(cancel);
    }

    private static LoopIncident New((IncomingMail Incoming, ReadMail Mail) first, int count, DateTime now) => new()
    {
        Sender = first.Mail.From.Address,
        Recipient = first.Mail.Recipients().Select(recipient => recipient.Address).FirstOrDefault(),
        MailboxId = first.Incoming.MailboxId,
        StartedAt = now,
        LastAt = now,
        Blocked = count,
    };
}
