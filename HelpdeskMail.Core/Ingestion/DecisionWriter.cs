using HelpdeskMail.Core.Customers;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>Turns a batch's decisions into rows, in the order they were taken, and tells the knowledge so that later mails of the batch see earlier ones.
/// Saves in two steps, because tickets get their ids from the database: first tickets and messages, then what refers to them.</summary>
/// <param name="counter">The ticket counter's value at the transaction's start.</param>
internal sealed class DecisionWriter(HelpdeskDb db, RoutingConfig config, RoutingKnowledge knowledge, DateTime now, long counter)
{
    private readonly List<Applied> applied = [];
    private readonly List<(Ticket Ticket, string Kind, string? From, string? To)> events = [];
    private readonly HashSet<Ticket> touched = [];
    private long created;

    public int Quarantined => applied.Count(item => item.Decision.Kind == DecisionKind.Quarantine);

    public int Count => applied.Count;

    /// <param name="context">Null where the mail could not be read.</param>
    public void Apply(IncomingMail incoming, RoutingContext? context, Decision decision, IReadOnlyList<TraceStep> trace)
    {
        var message = (decision, context) switch
        {
            (Decision.CreateTicket create, { } at) => Create(at, create),
            (Decision.AppendToTicket append, { } at) => Append(at, append),
            (Decision.RecordBounce bounce, _) => Touch(bounce.Original.Ticket, "bounce", null, bounce.Report.Recipient),
            _ => null,
        };
        var ticket = decision switch
        {
            Decision.RecordBounce bounce => bounce.Original.Ticket,
            Decision.Refuse refuse => refuse.Ticket,
            Decision.Ignore ignore => ignore.Ticket,
            _ => message?.Ticket,
        };
        applied.Add(new Applied(incoming, decision, trace, ticket, message));
        if (decision.Kind != DecisionKind.Quarantine) knowledge.Add(incoming.ContentKey, new KnownContent(incoming.StoredMailId, incoming.ContentHash, ticket));
    }

    public async Task SaveAsync(CancellationToken cancel)
    {
        foreach (var ticket in touched)
        {
            var entry = db.Entry(ticket);
            if (entry.State != EntityState.Added) entry.DetectChanges();
        }
        await db.SaveChangesAsync(cancel);

        foreach (var item in applied) AddFollowing(item);
        foreach (var (ticket, kind, from, to) in events) db.TicketEvents.Add(MessageRows.Event(ticket.Id, kind, from, to, now));
        await db.SaveChangesAsync(cancel);

        foreach (var item in applied)
        {
            if (item.Decision is Decision.RecordBounce bounce) await MarkAsync(bounce, cancel);
        }
        await LedgerDecisions.WriteAsync(db, applied.ConvertAll(item => (item.Incoming.StoredMailId, item.Decision)), now, cancel);
        if (created > 0) await CounterRow.AddAsync(db, Counter.Tickets, created, cancel);
        await CounterRow.BumpChangesAsync(db, cancel);
    }

    private TicketMessage Create(RoutingContext context, Decision.CreateTicket create)
    {
        var mail = context.Mail;
        var customer = knowledge.Customer(mail.From.Address) ?? Newcomer(mail.From);
        var ticket = new Ticket
        {
            Number = TicketNumber.FromCounter(counter + ++created).Value,
            Subject = mail.Subject.Length > 0 ? mail.Subject : MessageRows.NoSubject,
            State = TicketState.New,
            QueueId = create.QueueId,
            Customer = customer,
            CustomerId = customer.Id,
            MailboxId = context.Incoming.MailboxId,
            CameInDepartmentId = config.Queue(create.QueueId)!.DepartmentId,
            CreatedAt = now,
        };
        db.Tickets.Add(ticket);
        touched.Add(ticket);
        events.Add((ticket, "created", null, ticket.Number));
        if (create.Linked is { } linked)
        {
            events.Add((ticket, "linked", null, linked.Number));
            events.Add((linked, "linked", null, ticket.Number));
        }
        return Add(context, ticket);
    }

    private TicketMessage Append(RoutingContext context, Decision.AppendToTicket append)
    {
        var ticket = append.Ticket;
        touched.Add(ticket);
        events.Add((ticket, "followUp", null, context.Mail.From.Address));
        if (append.State is { } state && state != ticket.State)
        {
            events.Add((ticket, "state", ticket.State.ToString(), state.ToString()));
            ticket.State = state;
        }
        return Add(context, ticket);
    }

    private TicketMessage Add(RoutingContext context, Ticket ticket)
    {
        var message = MessageRows.Message(context.Incoming, context.Mail, ticket, context.Automatic, now);
        db.TicketMessages.Add(message);
        ticket.MessageCount++;
        ticket.UpdatedAt = now;
        if (!context.IsAutomatic) ticket.LastCustomerMessageAt = now;
        if (message.MessageId is { } id) knowledge.Add(new KnownMessage(0, ticket, message.Direction, id, message.BodyKey, null, message));
        return message;
    }

    private TicketMessage? Touch(Ticket ticket, string kind, string? from, string? to)
    {
        touched.Add(ticket);
        events.Add((ticket, kind, from, to));
        ticket.UpdatedAt = now;
        return null;
    }

    private Customer Newcomer(MessageAddress from)
    {
        var customer = new Customer { Name = from.Name ?? from.Address.Split('@')[0], Address = from.Address, CreatedAt = now };
        db.Customers.Add(customer);
        knowledge.Add(customer);
        return customer;
    }

    private void AddFollowing(Applied item)
    {
        var stored = new StoredMail { Id = item.Incoming.StoredMailId, ContentHash = [] };
        db.StoredMails.Attach(stored);
        MessageRows.Take(stored, item.Decision, item.Trace, now);
        stored.TicketId = item.Ticket?.Id;
        stored.TicketMessageId = item.Message?.Id;
        db.Entry(stored).DetectChanges();
        var account = config.Mailbox(item.Incoming.MailboxId)?.Name ?? item.Incoming.Source.ToString();
        db.Communications.Add(MessageRows.Log(item.Incoming, item.Decision, account, item.Ticket?.Id, now));
    }

    private async Task MarkAsync(Decision.RecordBounce bounce, CancellationToken cancel)
    {
        var (id, report) = (bounce.Original.Id, bounce.Report);
        var cause = BounceCause.Of(report.Status);
        await db.TicketMessages.Where(message => message.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(message => message.BounceAddress, report.Recipient).SetProperty(message => message.BounceStatus, report.Status)
                .SetProperty(message => message.BounceCause, cause).SetProperty(message => message.BounceLine, report.Diagnostic),
            cancel);
        if (bounce.Original.OutboxMailId is not { } mail) return;
        var address = report.Recipient;
        await db.OutboxRecipients.Where(recipient => recipient.OutboxMailId == mail && recipient.Address == address).ExecuteUpdateAsync(
            set => set.SetProperty(recipient => recipient.State, OutboxState.Bounced).SetProperty(recipient => recipient.ServerAnswer, report.Diagnostic).SetProperty(recipient => recipient.UpdatedAt, now),
            cancel);
    }

    private sealed record Applied(IncomingMail Incoming, Decision Decision, IReadOnlyList<TraceStep> Trace, Ticket? Ticket, TicketMessage? Message);
}
