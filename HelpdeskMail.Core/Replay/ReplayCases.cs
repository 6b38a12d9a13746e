using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Replay;

/// <summary>Decides a batch of stored mails again, each as if it had just come: what came after it, and what it led to itself, is not known.</summary>
internal static class ReplayCases
{
    public static async Task<List<ReplayCase>> LoadAsync(HelpdeskDb db, RoutingConfig config, long[] ids, CancellationToken cancel)
    {
        var stored = await db.StoredMails.AsNoTracking().Include(mail => mail.Raw)
            .Where(mail => EF.Parameter(ids).Contains(mail.Id) && mail.State != StoredMailState.Stored && mail.Source != MailSourceKind.Note).OrderBy(mail => mail.Id).ToListAsync(cancel);
        stored.RemoveAll(mail => mail.Raw is not { Bytes.Length: > 0 }); // deleted from quarantine
        if (stored.Count == 0) return [];
        var mails = stored.ConvertAll(mail => IncomingMail.Of(mail, mail.Raw!.Bytes));
        var knowledge = await KnowledgeLoader.LoadAsync(db, mails, config, cancel);
        var places = await PlacesAsync(db, knowledge, [.. stored.Select(mail => (long?)mail.Id)], cancel);
        var cases = new List<ReplayCase>(stored.Count);
        foreach (var (mail, incoming) in stored.Zip(mails))
        {
            knowledge.Before = mail.Id;
            var (context, decision, trace) = DecisionBatch.Decide(incoming, config, knowledge);
            cases.Add(new ReplayCase(mail, incoming, context, decision, trace, places.GetValueOrDefault(mail.Id), knowledge));
        }
        knowledge.Before = null;
        return cases;
    }

    private static async Task<Dictionary<long, ReplayPlace>> PlacesAsync(HelpdeskDb db, RoutingKnowledge knowledge, long?[] ids, CancellationToken cancel)
    {
        var messages = await db.TicketMessages.Where(message => EF.Parameter(ids).Contains(message.StoredMailId)).Select(message => new { message.Id, message.TicketId, StoredMailId = message.StoredMailId!.Value }).ToListAsync(cancel);
        var tickets = messages.Select(message => message.TicketId).Distinct().ToArray();
        if (tickets.Length == 0) return [];
        foreach (var ticket in await db.Tickets.AsNoTracking().Where(row => EF.Parameter(tickets).Contains(row.Id)).ToListAsync(cancel))
        {
            if (knowledge.Ticket(ticket.Id) is null) knowledge.Add(ticket);
        }
        var ours = await db.TicketMessages.Where(message => EF.Parameter(tickets).Contains(message.TicketId) && (message.Internal || message.Direction == MessageDirection.Outbound))
            .GroupBy(message => message.TicketId).Select(group => new { group.Key, Last = group.Max(message => message.Id) }).ToDictionaryAsync(row => row.Key, row => row.Last, cancel);
        var system = Actor.System.Name;
        var touched = (await db.TicketEvents.Where(line => EF.Parameter(tickets).Contains(line.TicketId) && line.ActorName != system && line.Kind != ReplayCase.EventKind)
            .Select(line => line.TicketId).Distinct().ToListAsync(cancel)).ToHashSet();
        return messages.GroupBy(message => message.StoredMailId).ToDictionary(group => group.Key, group =>
        {
            var message = group.First();
            var ticket = knowledge.Ticket(message.TicketId)!;
            var worked = ticket.OwnerId is not null || ours.ContainsKey(ticket.Id) || touched.Contains(ticket.Id);
            return new ReplayPlace(message.Id, ticket, worked, ours.TryGetValue(ticket.Id, out var last) && last > message.Id);
        });
    }
}
