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
        var decided = new List<(StoredMail Stored, IncomingMail Incoming, RoutingContext? Context, Decision Decision, IReadOnlyList<TraceStep> Trace)>(stored.Count);
        foreach (var (mail, incoming) in stored.Zip(mails))
        {
            knowledge.Before = mail.Id;
            var (context, decision, trace) = DecisionBatch.Decide(incoming, config, knowledge);
            decided.Add((mail, incoming, context, decision, trace));
        }
        knowledge.Before = null;
        var users = await NamesAsync(db, places.Values.Select(place => place.Ticket.OwnerId).Concat(decided.Select(item => item.Context?.Wanted.OwnerId)), cancel);
        return decided.ConvertAll(item => new ReplayCase(item.Stored, item.Incoming, item.Context, item.Decision, item.Trace, places.GetValueOrDefault(item.Stored.Id), knowledge, users));
    }

    /// <summary>As a ticket's history calls them.</summary>
    private static async Task<Dictionary<string, string>> NamesAsync(HelpdeskDb db, IEnumerable<string?> owners, CancellationToken cancel)
    {
        var ids = owners.OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        return ids.Length == 0 ? [] : await db.Users.Where(user => EF.Parameter(ids).Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.DisplayName.Length > 0 ? user.DisplayName : user.UserName ?? user.Id, cancel);
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
        var kinds = ReplayChanges.Kinds;
        var events = (await db.TicketEvents.AsNoTracking().Where(line => EF.Parameter(tickets).Contains(line.TicketId) && EF.Parameter(kinds).Contains(line.Kind)).OrderBy(line => line.Id).ToListAsync(cancel)).ToLookup(line => line.TicketId);
        var tags = (await db.TicketTags.Where(tag => EF.Parameter(tickets).Contains(tag.TicketId)).Select(tag => new { tag.TicketId, tag.Tag }).ToListAsync(cancel)).ToLookup(row => row.TicketId, row => row.Tag);
        var fields = (await db.TicketFields.AsNoTracking().Where(field => EF.Parameter(tickets).Contains(field.TicketId)).ToListAsync(cancel)).ToLookup(row => row.TicketId);
        return messages.GroupBy(message => message.StoredMailId).ToDictionary(group => group.Key, group =>
        {
            var message = group.First();
            var ticket = knowledge.Ticket(message.TicketId)!;
            var worked = ours.ContainsKey(ticket.Id) || touched.Contains(ticket.Id);
            return new ReplayPlace(
                message.Id, ticket, worked, ours.TryGetValue(ticket.Id, out var last) && last > message.Id, [.. events[ticket.Id]], [.. tags[ticket.Id]],
                fields[ticket.Id].ToDictionary(field => field.Name, field => field.Value, StringComparer.OrdinalIgnoreCase));
        });
    }
}
