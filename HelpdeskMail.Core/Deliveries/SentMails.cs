using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Routing.FollowUp;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Mail.Reports;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Deliveries;

/// <summary>The mails of ours that a batch's reports and automatic answers may be about. Nothing is asked for batches without any.</summary>
internal sealed class SentMails
{
    /// <summary>How long after it was sent a mail may come back without naming itself: servers give up within five days (RFC 5321 §4.5.4.1).</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromDays(7);

    private const int MaxMails = 1000;

    private readonly List<Row> rows;
    private readonly Dictionary<string, List<SentMail>> byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<SentMail>> byAddress = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<long, List<SentMail>> byTicket = [];

    private SentMails(List<Row> rows) => this.rows = rows;

    public IEnumerable<long> TicketIds => rows.Select(row => row.TicketId).OfType<long>();

    public SentMail? WithId(string id) => byId.TryGetValue(id, out var found) ? found[0] : null;

    /// <summary>Sent in the time before a report came that may be about it, newest first.</summary>
    public IReadOnlyList<SentMail> To(IEnumerable<string> addresses, DateTime reported) =>
        [.. addresses.SelectMany(address => byAddress.GetValueOrDefault(address) ?? []).Distinct().Where(mail => mail.SentAt <= reported && mail.SentAt > reported - Recent).OrderByDescending(mail => mail.SentAt)];

    /// <summary>All of a ticket that were sent before, newest first.</summary>
    public IReadOnlyList<SentMail> Of(Ticket ticket, DateTime reported) =>
        [.. (byTicket.GetValueOrDefault(ticket.Id) ?? []).Where(mail => mail.SentAt <= reported).OrderByDescending(mail => mail.SentAt)];

    /// <param name="known">Outbox rows of our messages that the mails name, and the tickets of any that they name.</param>
    public static async Task<SentMails> LoadAsync(
        HelpdeskDb db, IReadOnlyCollection<IncomingMail> mails, IReadOnlyList<TicketClues> clues, IEnumerable<(long? OutboxMailId, long TicketId)> known, CancellationToken cancel)
    {
        var read = mails.Where(incoming => incoming.Mail is { } mail && (mail.Original is not null || (mail.Automatic != AutomaticKind.None && mail.InReplyTo.Count + mail.References.Count > 0))).ToList();
        if (read.Count == 0) return new SentMails([]);
        var keys = read.SelectMany(incoming => (incoming.Mail!.Original?.Ids ?? []).Concat(incoming.Mail.ReplyIds())).Distinct(StringComparer.Ordinal).Select(id => (long?)MessageIdKey.Of(id)).ToArray();
        var ids = keys.Length == 0 ? [] : (await db.OutboxMails.Where(mail => EF.Parameter(keys).Contains(mail.MessageIdKey)).Select(mail => mail.Id).ToListAsync(cancel)).ToHashSet();
        var reports = read.Where(incoming => incoming.Mail!.Original is not null).ToList();
        if (reports.Count > 0)
        {
            var named = known.ToList();
            ids.UnionWith(named.Select(row => row.OutboxMailId).OfType<long>());
            var tickets = named.Select(row => row.TicketId).Concat(clues.SelectMany(clue => new[] { clue.Signed?.Ticket, clue.Tagged?.Ticket }).OfType<long>()).Distinct().ToArray();
            ids.UnionWith(await OfTicketsAsync(db, tickets, cancel));
            ids.UnionWith(await ToAsync(db, reports, cancel));
        }
        return new SentMails(await RowsAsync(db, [.. ids], cancel));
    }

    /// <summary>One mail of the outbox; null: there is no such mail.</summary>
    public static async Task<SentMail?> GetAsync(HelpdeskDb db, long outboxMailId, CancellationToken cancel)
    {
        if (await RowsAsync(db, [outboxMailId], cancel) is not [var row]) return null;
        var ticket = row.TicketId is { } id ? await db.Tickets.AsNoTracking().FirstOrDefaultAsync(found => found.Id == id, cancel) : null;
        return Mail(row, ticket);
    }

    /// <summary>When all tickets are known.</summary>
    public void Complete(RoutingKnowledge knowledge)
    {
        foreach (var row in rows)
        {
            var mail = Mail(row, knowledge.Ticket(row.TicketId));
            Add(byId, mail.MessageId, mail);
            foreach (var recipient in mail.Recipients) Add(byAddress, recipient.Address, mail);
            if (mail.Ticket is { } ticket) Add(byTicket, ticket.Id, mail);
        }
    }

    private static SentMail Mail(Row row, Ticket? ticket) => new(row.Id, row.Purpose == OutboxPurpose.Reply ? row.TicketMessageId : null, ticket, row.Purpose, row.MessageId, row.Subject, row.CreatedAt, row.AuthorId, row.Recipients);

    private static void Add<TKey>(Dictionary<TKey, List<SentMail>> index, TKey key, SentMail mail)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out var found)) index[key] = found = new(1);
        found.Add(mail);
    }

    private static async Task<List<long>> OfTicketsAsync(HelpdeskDb db, long[] tickets, CancellationToken cancel) => tickets.Length == 0 ? [] : await db.TicketMessages
        .Where(message => EF.Parameter(tickets).Contains(message.TicketId) && message.OutboxMailId != null).OrderByDescending(message => message.Id).Take(MaxMails).Select(message => message.OutboxMailId!.Value).ToListAsync(cancel);

    private static async Task<List<long>> ToAsync(HelpdeskDb db, List<IncomingMail> reports, CancellationToken cancel)
    {
        var addresses = reports.SelectMany(incoming => incoming.Mail!.Reports).SelectMany(report => report.Addresses).Distinct(StringComparer.Ordinal).ToArray();
        if (addresses.Length == 0) return [];
        var times = reports.ConvertAll(incoming => incoming.HeardAt);
        var (from, to) = (times.Min() - Recent, times.Max());
        return await db.OutboxRecipients.Where(recipient => EF.Parameter(addresses).Contains(recipient.Address) && recipient.OutboxMail!.CreatedAt > from && recipient.OutboxMail.CreatedAt <= to)
            .OrderByDescending(recipient => recipient.Id).Take(MaxMails).Select(recipient => recipient.OutboxMailId).ToListAsync(cancel);
    }

    private static async Task<List<Row>> RowsAsync(HelpdeskDb db, long[] ids, CancellationToken cancel)
    {
        if (ids.Length == 0) return [];
        var mails = await (from mail in db.OutboxMails
                           join message in db.TicketMessages on mail.TicketMessageId equals message.Id into messages
                           from message in messages.DefaultIfEmpty()
                           where EF.Parameter(ids).Contains(mail.Id)
                           orderby mail.Id
                           select new { mail.Id, mail.TicketMessageId, mail.Purpose, mail.MessageId, mail.Subject, mail.CreatedAt, TicketId = (long?)message.TicketId, message.AuthorId }).ToListAsync(cancel);
        var recipients = (await db.OutboxRecipients.Where(recipient => EF.Parameter(ids).Contains(recipient.OutboxMailId)).OrderBy(recipient => recipient.Id)
            .Select(recipient => new { recipient.OutboxMailId, recipient.Id, recipient.Address }).ToListAsync(cancel)).ToLookup(row => row.OutboxMailId);
        return mails.ConvertAll(row => new Row(
            row.Id, row.TicketMessageId, row.Purpose, row.MessageId, row.Subject, row.CreatedAt, row.TicketId, row.AuthorId, [.. recipients[row.Id].Select(recipient => new SentRecipient(recipient.Id, recipient.Address))]));
    }

    private sealed record Row(
        long Id, long? TicketMessageId, OutboxPurpose Purpose, string MessageId, string Subject, DateTime CreatedAt, long? TicketId, string? AuthorId, IReadOnlyList<SentRecipient> Recipients);
}
