using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Agents;
using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Deliveries;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Notices;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Routing.FollowUp;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Mail.Addresses;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Tickets;

/// <summary>Writes an agent's answer or note: message, outbox row and ticket change in one transaction.</summary>
public sealed class ReplyWriter(IDbContextFactory<HelpdeskDb> contexts, WriteGate gate, RoutingConfigCache configs, SigningKey signing, MailOptions options, LiveUpdates live, TimeProvider time)
{
    /// <returns>The message's id.</returns>
    public async Task<Outcome<long>> WriteAsync(long ticketId, ReplyDraft draft, Actor actor, CancellationToken cancel = default)
    {
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await CounterRow.LockAsync(db, Counter.Tickets, cancel); // in one order with decisions and other answers
        var ticket = await db.Tickets.Include(row => row.Customer).FirstOrDefaultAsync(row => row.Id == ticketId, cancel);
        if (ticket is null) return Faults.Of("", "There is no such ticket.");
        if (!draft.Internal && draft.To.Count == 0) draft.To = [new MessageAddress(ticket.Customer!.Name, ticket.Customer.Address)];
        var faults = ReplyChecks.Check(draft, ticket, options);
        var sender = draft.Internal ? null : await ReplyRoute.OfAsync(db, ticket, cancel);
        if (!draft.Internal && sender is null) faults.Add("", "No outbound account is configured that could send it.");
        if (draft is { AskFirst: true, Internal: false })
        {
            foreach (var row in await AddressQueries.UndeliverableAsync(db, draft.To.Concat(draft.Cc).Select(to => ReplyChecks.Parse(to)?.NormalizedAddress ?? to.Address), cancel)) faults.Add("undeliverable", row.Address);
        }
        if (faults.Any) return faults;

        var config = await configs.GetAsync(db, cancel);
        var message = sender is null ? await NoteAsync(db, ticket, draft, actor, cancel) : await OutgoingReply.WriteAsync(db, config, ticket, draft, sender, await signing.MakeAsync(db, cancel), actor, time.GetUtcNow().UtcDateTime, cancel: cancel);
        Change(db, ticket, draft, actor, message);
        var participants = new ParticipantRows();
        participants.Note(ticket, message.To.Concat(message.Cc).Where(address => !config.Addresses.IsOwn(address.Address)));
        await participants.SaveAsync(db, message.CreatedAt, cancel);
        await db.SaveChangesAsync(cancel);
        if (draft.Internal) await AgentNoticeWriter.WriteAsync(db, config, Notices(config, ticket, message, actor), message.CreatedAt, cancel);
        await CounterRow.BumpChangesAsync(db, cancel);
        await transaction.CommitAsync(cancel);
        live.Publish(LiveTopic.Tickets);
        if (sender is not null) live.Publish(LiveTopic.Communications);
        return message.Id;
    }

    /// <summary>Who a reply would go to and leave from, to show before sending (P19).</summary>
    public async Task<ReplyPreview?> PreviewAsync(long ticketId, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var ticket = await db.Tickets.AsNoTracking().Include(row => row.Customer).FirstOrDefaultAsync(row => row.Id == ticketId, cancel);
        if (ticket is null) return null;
        var thread = await ReplyThread.OfAsync(db, ticketId, cancel);
        var own = (await configs.GetAsync(db, cancel)).Addresses;
        return new ReplyPreview(
            await ReplyRoute.OfAsync(db, ticket, cancel),
            [new MessageAddress(ticket.Customer!.Name, ticket.Customer.Address)],
            [.. thread.Cc.Where(address => address.Address != ticket.Customer.Address && !own.IsOwn(address.Address))],
            ReplySubject.Of(ticket));
    }

    /// <summary>The ticket's owner hears of a colleague's note, if he wants to.</summary>
    private static List<AgentNotice> Notices(RoutingConfig config, Ticket ticket, TicketMessage note, Actor actor) =>
    [
        .. AgentNotices.OwnerOf(config, ticket, agent => agent.NotifyNotes && agent.Id != actor.Id)
            .Select(agent => new AgentNotice(NoticeKind.AgentNote, agent, ticket, actor.Name, note.Text, [.. note.Attachments.Select(file => file.Name)])),
    ];

    /// <summary>A note is never sent. Its files are kept like any mail's: as parts of one raw text.</summary>
    private async Task<TicketMessage> NoteAsync(HelpdeskDb db, Ticket ticket, ReplyDraft draft, Actor actor, CancellationToken cancel)
    {
        (draft.To, draft.Cc) = ([], []);
        var message = OutgoingReply.Row(ticket, draft, actor, new MessageAddress(actor.Name, ""), ticket.Subject, time.GetUtcNow().UtcDateTime);
        message.Internal = true;
        if (draft.Attachments.Count > 0)
        {
            var raw = ReplyMail.Compose(draft, ticket.Subject, new MailAddress(actor.Name, "note", "invalid"), new ReplyThread([], [], []), time.GetUtcNow(), time).ToBytes();
            var stored = RawStore.NewMail(raw, MailSourceKind.Note, null, notices: false, message.CreatedAt);
            (stored.State, stored.DecidedAt, stored.TicketId) = (StoredMailState.Decided, message.CreatedAt, ticket.Id);
            stored.Raw = new RawMail { Bytes = raw };
            db.StoredMails.Add(stored);
            await db.SaveChangesAsync(cancel);
            message.StoredMailId = stored.Id;
            message.Attachments.AddRange(ReplyMail.Files(raw));
        }
        db.TicketMessages.Add(message);
        await db.SaveChangesAsync(cancel);
        return message;
    }

    private static void Change(HelpdeskDb db, Ticket ticket, ReplyDraft draft, Actor actor, TicketMessage message)
    {
        ticket.MessageCount++;
        ticket.UpdatedAt = message.CreatedAt;
        db.TicketEvents.Add(TicketHistory.Line(ticket, actor, draft.Internal ? "note" : "reply", null, null, message.CreatedAt));
        var state = draft.State ?? (draft.Internal ? ticket.State : TicketState.Open);
        if (state == ticket.State) return;
        db.TicketEvents.Add(TicketHistory.Line(ticket, actor, "state", ticket.State.ToString(), state.ToString(), message.CreatedAt));
        ticket.State = state;
    }
}
