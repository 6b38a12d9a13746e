using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Agents;
using HelpdeskMail.Core.Confirmations;
using HelpdeskMail.Core.ContactRequests;
using HelpdeskMail.Core.Customers;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Deliveries;
using HelpdeskMail.Core.Notices;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Quarantine;
using HelpdeskMail.Core.Routing.Agents;
using HelpdeskMail.Core.Routing.Loops;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>Turns a batch's decisions into rows, in the order they were taken, and tells the knowledge so that later mails of the batch see earlier ones.
/// Rows are written kind by kind, so that each has the ids it refers to.</summary>
/// <param name="counter">The ticket counter's value at the transaction's start.</param>
/// <param name="person">Who decided by hand; null: the program.</param>
internal sealed class DecisionWriter(HelpdeskDb db, RoutingConfig config, RoutingKnowledge knowledge, DateTime now, long counter, Actor? person = null)
{
    private static readonly string[] TicketColumns = [nameof(Ticket.State), nameof(Ticket.MessageCount), nameof(Ticket.UpdatedAt), nameof(Ticket.LastCustomerMessageAt)];

    private static readonly string[] StoredColumns =
    [
        nameof(StoredMail.State), nameof(StoredMail.DecidedAt), nameof(StoredMail.Decision), nameof(StoredMail.Reason), nameof(StoredMail.Sentence), nameof(StoredMail.Error),
        nameof(StoredMail.Trace), nameof(StoredMail.TicketId), nameof(StoredMail.DecidedBy), nameof(StoredMail.QueueId),
    ];

    private readonly List<Applied> applied = [];
    private readonly List<(Ticket Ticket, string Kind, string? From, string? To, Actor? By)> events = [];
    private readonly HashSet<Ticket> touched = [];
    private readonly List<(Ticket Ticket, Customer Customer)> created = [];
    private readonly List<Customer> newcomers = [];
    private readonly HashSet<Customer> named = [];
    private readonly LoopRows loops = new(knowledge);
    private readonly ConfirmationRows confirmations = new();
    private readonly ParticipantRows participants = new();
    private readonly NewsRows news = new();
    private readonly List<Notice> notices = [];
    private readonly ContactRequestRows requests = new(knowledge, now);
    private readonly List<(Ticket Ticket, WantedTicket Wanted)> extras = [];
    private readonly AgentRows agents = new(config, knowledge, now);
    private readonly AgentNotices told = new(config);

    public int Quarantined => applied.Count(item => item.Decision.Kind == DecisionKind.Quarantine);

    public int Count => applied.Count;

    /// <param name="context">Null where the mail could not be read.</param>
    /// <returns>The ticket it is about; its id is known when all is saved.</returns>
    public Ticket? Apply(IncomingMail incoming, RoutingContext? context, Decision decision, IReadOnlyList<TraceStep> trace)
    {
        var planned = NoticePlan.Of(incoming, config, knowledge, decision, context);
        var (ticket, message) = (decision, context) switch
        {
            (Decision.CreateTicket create, { } at) => Create(at, create),
            (Decision.AppendToTicket { Agent: { } words } append, { } at) => ByAgent(at, append, words),
            (Decision.AppendToTicket append, { } at) => Append(at, append),
            (Decision.RecordReport report, _) => (report.Original?.Ticket, null),
            (Decision.HoldAsContactRequest hold, { } at) => requests.Add(at, hold),
            (Decision.Refuse refuse, _) => (refuse.Ticket, null),
            (Decision.Ignore ignore, _) => (ignore.Ticket, null),
            _ => ((Ticket?)null, (TicketMessage?)null),
        };
        if (planned is { } plan)
        {
            trace = [.. trace, NoticePlan.Step(plan.Notice, plan.Hindrance)];
            if (plan.Hindrance is null) notices.Add(plan.Notice with { Ticket = ticket });
        }
        if (context is not null && ticket is not null) told.Note(context, decision, ticket, person);
        if (context is not null && person is null) loops.Note(incoming, context.Mail, decision);
        confirmations.Note(incoming, decision);
        news.Note(incoming, decision);
        applied.Add(new Applied(incoming, decision, trace, ticket, message));
        if (decision.Kind != DecisionKind.Quarantine) knowledge.Add(incoming.ContentKey, new KnownContent(incoming.StoredMailId, incoming.ContentHash, ticket, incoming, incoming.MailboxId));
        return ticket;
    }

    /// <param name="cancel">Ends the wait.</param>
    /// <param name="also">What else belongs to the change; run before its last statement, when tickets have their ids.</param>
    public async Task SaveAsync(CancellationToken cancel, Func<Task>? also = null)
    {
        await FindCustomersAsync(cancel);
        await BulkRows.InsertAsync(db, newcomers, cancel);
        foreach (var (ticket, customer) in created) ticket.CustomerId = customer.Id;
        await BulkRows.InsertAsync(db, created.ConvertAll(item => item.Ticket), cancel);
        var fresh = created.Select(item => item.Ticket).ToHashSet();
        await BulkRows.UpdateAsync(db, touched.Where(ticket => !fresh.Contains(ticket)).ToList(), TicketColumns, cancel);

        var rows = applied.ConvertAll(item => (item.Incoming, Row: Stored(item)));
        await RawStore.InsertAsync(db, [.. rows.Where(item => item.Incoming.Raw is not null).Select(item => (item.Row, item.Incoming.Raw!.Value))], cancel);
        await BulkRows.UpdateAsync(db, rows.Where(item => item.Incoming.Raw is null).Select(item => item.Row).ToList(), StoredColumns, cancel);

        var messages = applied.Where(item => item.Message is not null).ToList();
        foreach (var item in messages) (item.Message!.TicketId, item.Message.StoredMailId) = (item.Ticket!.Id, item.Incoming.StoredMailId);
        await BulkRows.InsertAsync(db, messages.ConvertAll(item => item.Message!), cancel);
        await BulkRows.InsertAsync(db, extras.SelectMany(item => item.Wanted.Tags.Select(tag => new TicketTag { TicketId = item.Ticket.Id, Tag = tag })).ToList(), cancel);
        await BulkRows.InsertAsync(db, extras.SelectMany(item => item.Wanted.Fields.Select(field => new TicketField { TicketId = item.Ticket.Id, Name = field.Key, Value = field.Value })).ToList(), cancel);
        await participants.SaveAsync(db, now, cancel);
        await BulkRows.InsertAsync(db, messages.SelectMany(item => MessageRows.Attachments(item.Message!, item.Incoming.Mail!)).ToList(), cancel);
        await BulkRows.InsertAsync(db, events.ConvertAll(line => TicketHistory.Line(line.Ticket, line.By ?? person ?? Actor.System, line.Kind, line.From, line.To, now)), cancel);
        await agents.SaveAsync(db, cancel);
        await requests.SaveAsync(db, cancel);
        await BulkRows.InsertAsync(db, applied.ConvertAll(Log), cancel);

        await news.SaveAsync(db, now, cancel);
        await LedgerDecisions.WriteAsync(db, [.. applied.Where(item => item.Incoming.Raw is null).Select(item => (item.Incoming.StoredMailId, item.Decision))], now, person is not null, cancel);
        await LedgerRows.DecidedAsync(db, [.. applied.Select(item => (item.Incoming, item.Decision, item.Ticket?.Id))], now, cancel);
        await QuarantineRegister.DecidedAsync(db, applied.ConvertAll(item => (item.Incoming, item.Decision)), person ?? Actor.System, now, cancel);
        await loops.SaveAsync(db, now, config.Loops, cancel);
        await confirmations.SaveAsync(db, now, cancel);
        if (also is not null) await also();
        await NoticeWriter.WriteAsync(db, notices, config.MaxMessageBytes, now, cancel);
        await told.WriteAsync(db, now, cancel);
        if (created.Count > 0) await CounterRow.AddAsync(db, Counter.Tickets, created.Count, cancel);
        await CounterRow.BumpChangesAsync(db, cancel);
    }

    private (Ticket?, TicketMessage?) Create(RoutingContext context, Decision.CreateTicket create)
    {
        var mail = context.Mail;
        var wanted = context.Wanted;
        var from = wanted.Customer ?? context.Forward?.Author ?? context.Author;
        var customer = knowledge.Customer(from.Address) ?? Newcomer(from);
        if ((wanted.Customer ?? context.Forward?.Author) is not null && customer.Id == 0) named.Add(customer);
        var ticket = new Ticket
        {
            Number = TicketNumber.FromCounter(counter + created.Count + 1).Value,
            Subject = (context.Forward?.Subject ?? mail.Subject) is { Length: > 0 } subject ? subject : MessageRows.NoSubject,
            State = wanted.State ?? TicketState.New,
            Priority = wanted.Priority ?? TicketPriority.Normal,
            OwnerId = wanted.OwnerId,
            QueueId = create.QueueId,
            MailboxId = context.Incoming.MailboxId,
            CameInDepartmentId = config.Queue(create.QueueId)!.DepartmentId,
            CreatedAt = now,
        };
        created.Add((ticket, customer));
        if (wanted.Tags.Count + wanted.Fields.Count > 0) extras.Add((ticket, wanted));
        Tell(ticket, "created", null, ticket.Number);
        if (create.Linked is { } linked)
        {
            Tell(ticket, "linked", null, linked.Number);
            Tell(linked, "linked", null, ticket.Number);
        }
        return context.Forward is { } forward ? Forwarded(context, forward, ticket) : Add(context, ticket);
    }

    /// <summary>What an agent forwarded: its author's ticket and message, with the agent's own words as a note.</summary>
    private (Ticket?, TicketMessage?) Forwarded(RoutingContext context, AgentForward forward, Ticket ticket)
    {
        var message = agents.AddForward(context, ticket, forward, out var others);
        (ticket.MessageCount, ticket.UpdatedAt, ticket.LastCustomerMessageAt) = (2, now, now);
        participants.Note(ticket, others);
        return (ticket, message);
    }

    /// <summary>What an agent wrote by mail: a note, or an answer that goes out with the rest of the batch.</summary>
    private (Ticket?, TicketMessage?) ByAgent(RoutingContext context, Decision.AppendToTicket append, AgentMail words)
    {
        var (ticket, actor) = (append.Ticket, new Actor(words.Agent.Id, words.Agent.Name));
        touched.Add(ticket);
        ticket.MessageCount++;
        ticket.UpdatedAt = now;
        Tell(ticket, words.Internal ? "note" : "reply", null, null, actor);
        if (append.State is { } state && state != ticket.State)
        {
            Tell(ticket, "state", ticket.State.ToString(), state.ToString(), actor);
            ticket.State = state;
        }
        agents.Add(context, ticket, words);
        return (ticket, null);
    }

    private void Tell(Ticket ticket, string kind, string? from, string? to, Actor? by = null) => events.Add((ticket, kind, from, to, by));

    private (Ticket?, TicketMessage?) Append(RoutingContext context, Decision.AppendToTicket append)
    {
        var ticket = append.Ticket;
        touched.Add(ticket);
        Tell(ticket, "followUp", null, context.Mail.From.Address);
        if (append.State is { } state && state != ticket.State)
        {
            Tell(ticket, "state", ticket.State.ToString(), state.ToString());
            ticket.State = state;
        }
        return Add(context, ticket, append.Internal);
    }

    private (Ticket?, TicketMessage?) Add(RoutingContext context, Ticket ticket, bool isInternal = false)
    {
        var message = MessageRows.Message(context.Mail, context.Automatic, context.Trust, now);
        message.Internal = isInternal;
        ticket.MessageCount++;
        ticket.UpdatedAt = now;
        if (!context.IsAutomatic && !isInternal)
        {
            ticket.LastCustomerMessageAt = now;
            participants.Note(ticket, Others(context.Mail, context.Author, ticket, ticket.MessageCount == 1));
        }
        if (message.MessageId is { } id) knowledge.Add(new KnownMessage(0, ticket, message.Direction, id, message.BodyKey, null, message, MailboxId: context.Incoming.MailboxId, Internal: isInternal));
        return (ticket, message);
    }

    /// <summary>Everybody in the mail but us and, as far as is known here, the ticket's customer (P7).</summary>
    private IEnumerable<MessageAddress> Others(ReadMail mail, MessageAddress from, Ticket ticket, bool isFirst)
    {
        var author = isFirst || (knowledge.Customer(from.Address) is { Id: > 0 } customer && customer.Id == ticket.CustomerId) ? [] : new[] { from };
        return mail.To.Concat(mail.Cc).Concat(author).Where(address => !config.Addresses.IsOwn(address.Address));
    }

    /// <summary>Customers that a filter or a command named may be known: the knowledge holds only senders.</summary>
    private async Task FindCustomersAsync(CancellationToken cancel)
    {
        if (named.Count == 0) return;
        var addresses = named.Select(customer => customer.Address).ToArray();
        var known = await db.Customers.Where(row => EF.Parameter(addresses).Contains(row.Address)).ToDictionaryAsync(row => row.Address, row => row.Id, cancel);
        foreach (var customer in named.Where(customer => known.ContainsKey(customer.Address)))
        {
            customer.Id = known[customer.Address];
            newcomers.Remove(customer);
        }
    }

    private Customer Newcomer(MessageAddress from)
    {
        var customer = new Customer { Name = from.Name ?? from.Address.Split('@')[0], Address = from.Address, CreatedAt = now };
        newcomers.Add(customer);
        knowledge.Add(customer);
        return customer;
    }

    /// <summary>A mail that is being stored in its final state, or the columns that the decision changes of one that is stored.</summary>
    private StoredMail Stored(Applied item)
    {
        var stored = item.Incoming.Raw is null ? new StoredMail { Id = item.Incoming.StoredMailId, ContentHash = [] } : item.Incoming.Stored;
        stored.TicketId = item.Ticket?.Id;
        MessageRows.Take(stored, item.Decision, item.Trace, now);
        stored.QueueId = item.Decision switch { Decision.CreateTicket create => create.QueueId, Decision.HoldAsContactRequest hold => hold.QueueId, _ => null };
        stored.DecidedBy = person is null ? null : MailText.Line(person.Name, 200);
        return stored;
    }

    private CommunicationLog.Communication Log(Applied item) =>
        MessageRows.Log(item.Incoming, item.Decision, config.Mailbox(item.Incoming.MailboxId)?.Name ?? item.Incoming.Source.ToString(), item.Ticket?.Id, person, now);

    private sealed record Applied(IncomingMail Incoming, Decision Decision, IReadOnlyList<TraceStep> Trace, Ticket? Ticket, TicketMessage? Message);
}
