using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Tickets;

/// <summary>Merges a ticket into another (P3): what is written to it from now on goes there, and its messages are shown there, too. Nothing is moved or lost.</summary>
public sealed class TicketMerger(IDbContextFactory<HelpdeskDb> contexts, WriteGate gate, LiveUpdates live, TimeProvider time)
{
    /// <summary>The ticket that merging into this number would lead to. Faults: "number".</summary>
    public async Task<Outcome<MergeTarget>> FindAsync(long ticketId, string number, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var faults = new Faults();
        var target = await TargetAsync(db, ticketId, number, faults, cancel);
        if (target is null) return faults;
        var customer = await db.Customers.Where(row => row.Id == target.CustomerId).Select(row => new { row.Name, row.Address }).SingleAsync(cancel);
        return new MergeTarget(target.Id, target.Number, target.Subject, target.State, customer.Name, customer.Address);
    }

    /// <returns>The target's id. Faults: "number", or "" for the ticket itself.</returns>
    public async Task<Outcome<long>> MergeAsync(long ticketId, string number, Actor actor, CancellationToken cancel = default)
    {
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await CounterRow.LockAsync(db, Counter.Tickets, cancel); // in one order with decisions and answers
        var faults = new Faults();
        var source = await db.Tickets.Include(row => row.Customer).FirstOrDefaultAsync(row => row.Id == ticketId, cancel);
        if (source is null) return Faults.Of("", "There is no such ticket.");
        if (source.State == TicketState.Merged) return Faults.Of("", "This ticket was merged into another one already.");
        if (await TargetAsync(db, ticketId, number, faults, cancel) is not { } target) return faults;

        var now = time.GetUtcNow().UtcDateTime;
        var wasOpen = source.State is not TicketState.Closed;
        db.TicketEvents.Add(TicketHistory.Line(source, actor, "mergedInto", source.State.ToString(), target.Number, now));
        db.TicketEvents.Add(TicketHistory.Line(target, actor, "merged", source.Number, null, now));
        (source.State, source.MergedIntoId, source.UpdatedAt) = (TicketState.Merged, target.Id, now);
        if (target.State == TicketState.Closed && wasOpen)
        {
            // A question that is open doesn't end by being put to a closed one.
            db.TicketEvents.Add(TicketHistory.Line(target, actor, "state", target.State.ToString(), nameof(TicketState.Open), now));
            target.State = TicketState.Open;
        }
        target.UpdatedAt = now;
        if (source.LastCustomerMessageAt > (target.LastCustomerMessageAt ?? DateTime.MinValue)) target.LastCustomerMessageAt = source.LastCustomerMessageAt;
        await db.SaveChangesAsync(cancel);
        await db.Tickets.Where(row => row.MergedIntoId == ticketId).ExecuteUpdateAsync(set => set.SetProperty(row => row.MergedIntoId, target.Id), cancel); // chains stay short
        await db.DeliveryNews.Where(row => row.TicketId == ticketId).ExecuteUpdateAsync(set => set.SetProperty(row => row.TicketId, target.Id), cancel); // its messages are shown there
        await TakePartAsync(db, source, target, now, cancel);
        await CounterRow.BumpChangesAsync(db, cancel);
        await transaction.CommitAsync(cancel);
        live.Publish(LiveTopic.Tickets);
        return target.Id;
    }

    /// <summary>Whoever took part in the one takes part in the other, its customer too.</summary>
    private static async Task TakePartAsync(HelpdeskDb db, Ticket source, Ticket target, DateTime now, CancellationToken cancel)
    {
        var sourceId = source.Id;
        var others = await db.TicketParticipants.Where(row => row.TicketId == sourceId).Select(row => new MessageAddress(row.Name, row.Address)).ToListAsync(cancel);
        var participants = new ParticipantRows();
        participants.Note(target, others.Prepend(new MessageAddress(source.Customer!.Name, source.Customer.Address)));
        await participants.SaveAsync(db, now, cancel);
    }

    private static async Task<Ticket?> TargetAsync(HelpdeskDb db, long ticketId, string number, Faults faults, CancellationToken cancel)
    {
        var digits = number.Trim().TrimStart('#', '[').TrimStart('#').TrimEnd(']');
        var target = await db.Tickets.FirstOrDefaultAsync(row => row.Number == digits, cancel);
        for (var hop = 0; hop < KnowledgeLoader.MaxMerges && target is { State: TicketState.Merged, MergedIntoId: { } next }; hop++) target = await db.Tickets.FirstOrDefaultAsync(row => row.Id == next, cancel);
        if (target is null) faults.Add("number", digits.Length == 0 ? "Write the number of the other ticket." : $"There is no ticket {digits}.");
        else if (target.Id == ticketId) faults.Add("number", "A ticket can't be merged into itself.");
        return faults.Any ? null : target;
    }
}

/// <summary>Where a ticket would be merged into.</summary>
public sealed record MergeTarget(long Id, string Number, string Subject, TicketState State, string CustomerName, string CustomerAddress);
