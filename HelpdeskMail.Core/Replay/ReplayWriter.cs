using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Customers;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Replay;

/// <summary>Corrects what a mail led to, inside the caller's transaction: tickets and messages are moved, never doubled.</summary>
/// <param name="counter">The ticket counter's value now.</param>
internal sealed class ReplayWriter(HelpdeskDb db, RoutingConfig config, Actor actor, DateTime now, long counter)
{
    public async Task<ReplayResult> ApplyAsync(ReplayCase item, CancellationToken cancel)
    {
        switch (item.Effect, item.Decision)
        {
            case (ReplayEffect.MoveTicket, Decision.CreateTicket create):
                await MoveTicketAsync(item.Place!.Ticket, create.QueueId, cancel);
                await ChangeTicketAsync(item, cancel);
                return await DoneAsync(item, item.Place.Ticket, create.QueueId, cancel);
            case (ReplayEffect.ChangeTicket, Decision.CreateTicket):
                await ChangeTicketAsync(item, cancel);
                return await DoneAsync(item, item.Place!.Ticket, item.Stored.QueueId ?? item.Place.Ticket.QueueId, cancel);
            case (ReplayEffect.MoveMessage, Decision.AppendToTicket append):
                await MoveMessageAsync(item, append.Ticket, cancel);
                if (item.Stored.Decision == DecisionKind.CreateTicket) await EmptyAsync(item.Place!.Ticket, append.Ticket, cancel);
                return await DoneAsync(item, append.Ticket, null, cancel);
            case (ReplayEffect.OwnTicket, Decision.CreateTicket create):
                var own = await OwnTicketAsync(item, create, cancel);
                await MoveMessageAsync(item, own, cancel);
                return await DoneAsync(item, own, create.QueueId, cancel);
            case (ReplayEffect.Decide, _):
                return await DecideAsync(item, cancel);
            case (ReplayEffect.LeaveAlone, _):
                return new(item.Stored.Id, ReplayEffect.LeaveAlone, item.Why ?? "", item.Place?.Ticket.Id);
            default:
                return new(item.Stored.Id, ReplayEffect.None, item.Stored.Sentence ?? "", item.Place?.Ticket.Id);
        }
    }

    /// <summary>It made nothing before: decided like any mail, by the same writer, without a notice.</summary>
    private async Task<ReplayResult> DecideAsync(ReplayCase item, CancellationToken cancel)
    {
        item.Stored.Notices = false;
        item.Stored.Raw = null;
        var knowledge = await KnowledgeLoader.LoadAsync(db, [item.Incoming], config, cancel);
        var writer = new DecisionWriter(db, config, knowledge, now, counter, actor);
        var ticket = writer.Apply(item.Incoming, item.Context, item.Decision, item.Trace);
        await writer.SaveAsync(cancel);
        // The program decided: the next replay may correct it again.
        var id = item.Stored.Id;
        await db.StoredMails.Where(mail => mail.Id == id).ExecuteUpdateAsync(set => set.SetProperty(mail => mail.DecidedBy, (string?)null), cancel);
        return new(id, ReplayEffect.Decide, item.Decision.Sentence, ticket?.Id);
    }

    private async Task MoveTicketAsync(Ticket ticket, long queueId, CancellationToken cancel)
    {
        await TellAsync(ticket, config.Queue(ticket.QueueId)?.Name, config.Queue(queueId)?.Name, cancel);
        var id = ticket.Id;
        var department = config.Queue(queueId)!.DepartmentId;
        await db.Tickets.Where(row => row.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.QueueId, queueId).SetProperty(row => row.CameInDepartmentId, department).SetProperty(row => row.UpdatedAt, now), cancel);
    }

    /// <summary>Only what nobody has changed since.</summary>
    private async Task ChangeTicketAsync(ReplayCase item, CancellationToken cancel)
    {
        var (ticket, wanted) = (item.Place!.Ticket, item.Context!.Wanted);
        var id = ticket.Id;
        var rows = db.Tickets.Where(row => row.Id == id);
        foreach (var change in item.Changes.Where(change => change.Why is null))
        {
            await TellAsync(ticket, $"{change.Field} {change.Was ?? "–"}", $"{change.Field} {change.Would ?? "–"}", cancel);
            switch (change.Field)
            {
                case ReplayChanges.State:
                    var state = wanted.State ?? TicketState.New;
                    await rows.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, state), cancel);
                    break;
                case ReplayChanges.Priority:
                    var priority = wanted.Priority ?? TicketPriority.Normal;
                    await rows.ExecuteUpdateAsync(set => set.SetProperty(row => row.Priority, priority), cancel);
                    break;
                case ReplayChanges.Owner:
                    var owner = wanted.OwnerId;
                    await rows.ExecuteUpdateAsync(set => set.SetProperty(row => row.OwnerId, owner), cancel);
                    break;
                case ReplayChanges.Tags:
                    await db.TicketTags.Where(tag => tag.TicketId == id).ExecuteDeleteAsync(cancel);
                    await AddTagsAsync(ticket, wanted, cancel);
                    break;
                default:
                    var name = change.Field[ReplayChanges.Field.Length..];
                    await db.TicketFields.Where(field => field.TicketId == id && field.Name == name).ExecuteDeleteAsync(cancel);
                    if (change.Would is { } value) await BulkRows.InsertAsync(db, [new TicketField { TicketId = id, Name = name, Value = value }], cancel);
                    break;
            }
        }
        await rows.ExecuteUpdateAsync(set => set.SetProperty(row => row.UpdatedAt, now), cancel);
    }

    private Task AddTagsAsync(Ticket ticket, WantedTicket wanted, CancellationToken cancel) => BulkRows.InsertAsync(db, wanted.Tags.Select(tag => new TicketTag { TicketId = ticket.Id, Tag = tag }).ToList(), cancel);

    private async Task MoveMessageAsync(ReplayCase item, Ticket target, CancellationToken cancel)
    {
        var (message, from, to) = (item.Place!.MessageId, item.Place.Ticket, target.Id);
        await db.TicketMessages.Where(row => row.Id == message).ExecuteUpdateAsync(set => set.SetProperty(row => row.TicketId, to), cancel);
        foreach (var (ticket, by) in new[] { (from, -1), (target, 1) })
        {
            await TellAsync(ticket, from.Number, target.Number, cancel);
            var id = ticket.Id;
            await db.Tickets.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.MessageCount, row => row.MessageCount + by).SetProperty(row => row.UpdatedAt, now), cancel);
        }
        if (item.Context is not { IsAutomatic: false, Mail: var mail, Author: var author }) return;
        var participants = new ParticipantRows();
        participants.Note(target, mail.To.Concat(mail.Cc).Append(author).Where(address => !config.Addresses.IsOwn(address.Address)));
        await participants.SaveAsync(db, now, cancel);
    }

    /// <summary>A ticket that held only the moved message leads on to where it went.</summary>
    private Task<int> EmptyAsync(Ticket ticket, Ticket target, CancellationToken cancel)
    {
        var (id, into) = (ticket.Id, target.Id);
        return db.Tickets.Where(row => row.Id == id && row.MessageCount <= 0).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, TicketState.Merged).SetProperty(row => row.MergedIntoId, into), cancel);
    }

    private async Task<Ticket> OwnTicketAsync(ReplayCase item, Decision.CreateTicket create, CancellationToken cancel)
    {
        var mail = item.Context!.Mail;
        var author = item.Context.Author;
        var address = author.Address;
        var customer = await db.Customers.AsNoTracking().FirstOrDefaultAsync(row => row.Address == address, cancel);
        if (customer is null)
        {
            customer = new Customer { Name = author.Name ?? address.Split('@')[0], Address = address, CreatedAt = now };
            await BulkRows.InsertAsync(db, [customer], cancel);
        }
        var ticket = new Ticket
        {
            Number = TicketNumber.FromCounter(counter + 1).Value,
            Subject = mail.Subject.Length > 0 ? mail.Subject : MessageRows.NoSubject,
            State = item.Context.Wanted.State ?? TicketState.New,
            Priority = item.Context.Wanted.Priority ?? TicketPriority.Normal,
            OwnerId = item.Context.Wanted.OwnerId,
            QueueId = create.QueueId,
            CustomerId = customer.Id,
            MailboxId = item.Stored.MailboxId,
            CameInDepartmentId = config.Queue(create.QueueId)!.DepartmentId,
            CreatedAt = now,
            UpdatedAt = now,
            LastCustomerMessageAt = now,
        };
        await BulkRows.InsertAsync(db, [ticket], cancel);
        await AddTagsAsync(ticket, item.Context.Wanted, cancel);
        await BulkRows.InsertAsync(db, item.Context.Wanted.Fields.Select(field => new TicketField { TicketId = ticket.Id, Name = field.Key, Value = field.Value }).ToList(), cancel);
        await CounterRow.AddAsync(db, Counter.Tickets, 1, cancel);
        return ticket;
    }

    /// <summary>Takes the new decision down: on the mail, in the ledger, in the log.</summary>
    private async Task<ReplayResult> DoneAsync(ReplayCase item, Ticket ticket, long? queueId, CancellationToken cancel)
    {
        var stored = new StoredMail { Id = item.Stored.Id, ContentHash = [], TicketId = ticket.Id, QueueId = queueId };
        MessageRows.Take(stored, item.Decision, item.Trace, now);
        await BulkRows.UpdateAsync(db, [stored],
            [nameof(StoredMail.State), nameof(StoredMail.DecidedAt), nameof(StoredMail.Decision), nameof(StoredMail.Reason), nameof(StoredMail.Sentence), nameof(StoredMail.Trace), nameof(StoredMail.TicketId), nameof(StoredMail.QueueId)], cancel);
        var (mail, ticketId) = ((long?)item.Stored.Id, (long?)ticket.Id);
        await db.Ledger.Where(entry => entry.StoredMailId == mail).ExecuteUpdateAsync(set => set.SetProperty(entry => entry.TicketId, ticketId), cancel);
        var account = config.Mailbox(item.Stored.MailboxId)?.Name ?? item.Stored.Source.ToString();
        await BulkRows.InsertAsync(db, [MessageRows.Log(item.Incoming, item.Decision, account, ticket.Id, actor, now)], cancel);
        return new(item.Stored.Id, item.Effect, item.Decision.Sentence, ticket.Id);
    }

    private Task TellAsync(Ticket ticket, string? from, string? to, CancellationToken cancel) =>
        BulkRows.InsertAsync(db, [TicketHistory.Line(ticket, actor, ReplayCase.EventKind, from, to, now)], cancel);
}
