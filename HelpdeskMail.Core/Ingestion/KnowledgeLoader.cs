using HelpdeskMail.Core.ContactRequests;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Deliveries;
using HelpdeskMail.Core.Routing;
using HelpdeskMail.Core.Routing.Agents;
using HelpdeskMail.Core.Routing.FollowUp;
using HelpdeskMail.Core.Routing.Loops;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>Fetches in a fixed number of queries what the steps will ask about a batch of mails. Keys go as one parameter,
/// so that the statement is the same for every batch.</summary>
internal static class KnowledgeLoader
{
    /// <summary>Merges of merges that are followed.</summary>
    public const int MaxMerges = 5;

    /// <summary>Records of senders that are read for a batch; beyond that somebody is stopped anyway.</summary>
    private const int MaxRecords = 200_000;

    public static async Task<RoutingKnowledge> LoadAsync(HelpdeskDb db, IReadOnlyCollection<IncomingMail> mails, RoutingConfig config, CancellationToken cancel)
    {
        var knowledge = new RoutingKnowledge();
        var read = mails.Select(incoming => incoming.Mail).OfType<ReadMail>().ToList();

        var contents = await ContentsAsync(db, mails, cancel);
        var messages = await MessagesAsync(db, read, config, cancel);
        var clues = read.ConvertAll(mail => TicketClues.Of(mail, config.Signature));
        var authors = mails.Where(incoming => incoming.Mail is not null).SelectMany(incoming => new[] { incoming.Mail!.From.Address, ReplyToRule.AuthorOf(config, incoming.MailboxId, incoming.Mail!).Author.Address }).Distinct(StringComparer.Ordinal).ToArray();
        var agents = config.Signature is null ? [] : read.SelectMany(AgentMarks.Tags).Select(tag => tag.TicketId).Distinct().ToArray();
        var named = (await NamedAsync(db, knowledge, authors, clues, cancel)).Concat(agents);
        var sent = await SentMails.LoadAsync(db, mails, clues, messages.Where(row => row.Direction == MessageDirection.Outbound).Select(row => (row.OutboxMailId, row.TicketId)), cancel);
        await TicketsAsync(db, knowledge, contents.Select(row => row.TicketId).OfType<long>().Concat(messages.Select(row => row.TicketId)).Concat(named).Concat(sent.TicketIds), cancel);
        await CustomersAsync(db, knowledge, authors, cancel);
        if (agents.Length > 0) await AgentKnowledge.LoadAsync(db, knowledge, config, agents, cancel);
        await HeldAsync(db, knowledge, read, cancel);
        await RecordsAsync(db, knowledge, mails, config.Loops, cancel);

        foreach (var row in contents) knowledge.Add(row.ContentKey, new KnownContent(row.Id, row.ContentHash, knowledge.Ticket(row.TicketId), MailboxId: row.MailboxId));
        foreach (var row in messages)
        {
            if (knowledge.Ticket(row.TicketId) is { } ticket) knowledge.Add(new KnownMessage(row.Id, ticket, row.Direction, row.MessageId, row.BodyKey, row.OutboxMailId, StoredMailId: row.StoredMailId, MailboxId: row.MailboxId, Internal: row.Internal));
        }
        sent.Complete(knowledge);
        knowledge.Sent = sent;
        return knowledge;
    }

    private static async Task<List<ContentRow>> ContentsAsync(HelpdeskDb db, IReadOnlyCollection<IncomingMail> mails, CancellationToken cancel)
    {
        var keys = mails.Select(mail => mail.ContentKey).Distinct().ToArray();
        var rows = await db.StoredMails.Where(mail => EF.Parameter(keys).Contains(mail.ContentKey))
            .Select(mail => new ContentRow(mail.Id, mail.ContentKey, mail.ContentHash, mail.State, mail.TicketId, mail.MailboxId)).ToListAsync(cancel);
        rows.RemoveAll(row => row.State != StoredMailState.Decided); // not in the query: SQLite would go through all that are decided
        return rows;
    }

    private static async Task<List<MessageRow>> MessagesAsync(HelpdeskDb db, List<ReadMail> mails, RoutingConfig config, CancellationToken cancel)
    {
        var ids = mails.SelectMany(mail => mail.AllIds()).ToHashSet(StringComparer.Ordinal);
        foreach (var mail in mails)
        {
            if (config.Agent(mail.From.Address) is not null && mail.Forwarded?.MessageId is { } original) ids.Add(original.Value);
        }
        if (ids.Count == 0) return [];
        var keys = ids.Select(id => (long?)MessageIdKey.Of(id)).ToArray();
        var rows = await db.TicketMessages.Where(message => EF.Parameter(keys).Contains(message.MessageIdKey))
            .Select(message => new MessageRow(message.Id, message.TicketId, message.Direction, message.MessageId!, message.BodyKey, message.OutboxMailId, message.StoredMailId,
                db.StoredMails.Where(mail => mail.Id == message.StoredMailId).Select(mail => mail.MailboxId).FirstOrDefault(), message.Internal)).ToListAsync(cancel);
        rows.RemoveAll(row => !ids.Contains(row.MessageId)); // another id with the same key
        rows.Sort((one, other) => one.Id.CompareTo(other.Id));
        return rows;
    }

    /// <summary>What the senders have created within the loop guard's time before the batch's mails.</summary>
    private static async Task RecordsAsync(HelpdeskDb db, RoutingKnowledge knowledge, IReadOnlyCollection<IncomingMail> mails, LoopRules rules, CancellationToken cancel)
    {
        var times = mails.Where(incoming => incoming.Mail is { } mail && !rules.Allows(mail.From.Address)).Select(incoming => (Sender: incoming.Mail!.From.Address, At: LoopGuard.TimeOf(incoming, incoming.Mail))).ToList();
        if (times.Count == 0) return;
        var (after, upTo) = (times.Min(item => item.At) - rules.Window, times.Max(item => item.At));
        var senders = times.Select(item => item.Sender).Distinct(StringComparer.Ordinal).ToArray();
        foreach (var record in await db.LoopRecords.AsNoTracking().Where(row => EF.Parameter(senders).Contains(row.Sender) && row.At > after && row.At <= upTo).OrderByDescending(row => row.At).Take(MaxRecords).ToListAsync(cancel)) knowledge.Add(record);
        foreach (var incident in await db.LoopIncidents.Where(row => EF.Parameter(senders).Contains(row.Sender) && row.ResumedAt > after).OrderBy(row => row.ResumedAt).Select(row => new { row.Sender, row.ResumedAt }).ToListAsync(cancel))
            knowledge.AddResumed(incident.Sender, incident.ResumedAt!.Value);
    }

    private static async Task HeldAsync(HelpdeskDb db, RoutingKnowledge knowledge, List<ReadMail> mails, CancellationToken cancel)
    {
        var keys = mails.SelectMany(mail => mail.AllIds()).Distinct(StringComparer.Ordinal).Select(id => (long?)MessageIdKey.Of(id)).ToArray();
        if (keys.Length == 0 || !await db.ContactRequests.AnyAsync(request => request.State == ContactRequestState.Open, cancel)) return;
        var rows = await (from mail in db.ContactRequestMails
                          join request in db.ContactRequests on mail.ContactRequestId equals request.Id
                          where EF.Parameter(keys).Contains(mail.MessageIdKey) && request.State == ContactRequestState.Open
                          orderby mail.Id
                          select new { Mail = mail, Request = request }).AsNoTracking().ToListAsync(cancel);
        var requests = rows.GroupBy(row => row.Request.Id).ToDictionary(group => group.Key, group => group.First().Request); // one object for each, which the batch goes on with
        foreach (var row in rows) knowledge.Add(row.Mail.MessageId!, new HeldMail(row.Mail.StoredMailId, row.Mail.BodyKey, requests[row.Request.Id]));
    }

    private static async Task TicketsAsync(HelpdeskDb db, RoutingKnowledge knowledge, IEnumerable<long> wanted, CancellationToken cancel)
    {
        var ids = wanted.Distinct().ToArray();
        for (var hop = 0; ids.Length > 0 && hop <= MaxMerges; hop++)
        {
            var rows = await db.Tickets.AsNoTracking().Where(ticket => EF.Parameter(ids).Contains(ticket.Id)).ToListAsync(cancel);
            rows.ForEach(knowledge.Add);
            ids = [.. rows.Where(ticket => ticket.State == TicketState.Merged).Select(ticket => ticket.MergedIntoId).OfType<long>().Where(id => knowledge.Ticket(id) is null).Distinct()];
        }
    }

    /// <summary>Tickets that signatures, tags and subjects name, and whether the senders of the latter take part in them.</summary>
    private static async Task<IEnumerable<long>> NamedAsync(HelpdeskDb db, RoutingKnowledge knowledge, string[] senders, List<TicketClues> clues, CancellationToken cancel)
    {
        var signed = clues.SelectMany(clue => new[] { clue.Signed?.Ticket, clue.Tagged?.Ticket }).OfType<long>();
        var numbers = clues.SelectMany(clue => clue.Numbers).Distinct(StringComparer.Ordinal).ToArray();
        if (numbers.Length == 0) return signed;
        var ids = await db.Tickets.Where(ticket => EF.Parameter(numbers).Contains(ticket.Number)).Select(ticket => ticket.Id).ToArrayAsync(cancel);
        foreach (var row in await db.TicketParticipants.Where(row => EF.Parameter(ids).Contains(row.TicketId) && EF.Parameter(senders).Contains(row.Address)).Select(row => new { row.TicketId, row.Address }).ToListAsync(cancel))
            knowledge.AddParticipant(row.TicketId, row.Address);
        return signed.Concat(ids);
    }

    private static async Task CustomersAsync(HelpdeskDb db, RoutingKnowledge knowledge, string[] addresses, CancellationToken cancel)
    {
        foreach (var customer in await db.Customers.AsNoTracking().Where(customer => EF.Parameter(addresses).Contains(customer.Address)).ToListAsync(cancel)) knowledge.Add(customer);
    }

    private sealed record ContentRow(long Id, long ContentKey, byte[] ContentHash, StoredMailState State, long? TicketId, long? MailboxId);

    private sealed record MessageRow(long Id, long TicketId, MessageDirection Direction, string MessageId, long? BodyKey, long? OutboxMailId, long? StoredMailId, long? MailboxId, bool Internal);
}
