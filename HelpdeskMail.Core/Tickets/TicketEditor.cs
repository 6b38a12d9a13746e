using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Tickets;

/// <summary>Changes tickets and keeps their history.</summary>
public sealed class TicketEditor(IDbContextFactory<HelpdeskDb> contexts, WriteGate gate, LiveUpdates live, TimeProvider time)
{
    private const int MaxTags = 50;
    private const int MaxTag = 100;

    /// <summary>Only what really changes is written and told in the history. False: nothing did.</summary>
    public async Task<Outcome<bool>> ChangeAsync(long ticketId, TicketChange change, Actor actor, CancellationToken cancel = default)
    {
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await CounterRow.LockAsync(db, Counter.Tickets, cancel); // in one order with decisions and answers
        var ticket = await db.Tickets.Include(row => row.Tags).FirstOrDefaultAsync(row => row.Id == ticketId, cancel);
        if (ticket is null) return Faults.Of("", "There is no such ticket.");
        var faults = new Faults();
        var events = new List<TicketEvent>();
        var now = time.GetUtcNow().UtcDateTime;
        void Tell(string kind, string? from, string? to) => events.Add(TicketHistory.Line(ticket, actor, kind, from, to, now));

        if (ticket.State == TicketState.Merged) faults.Add("", "This ticket was merged into another one.");
        State(ticket, change, faults, Tell);
        if (change.Priority is { } priority && priority != ticket.Priority)
        {
            if (!Enum.IsDefined(priority)) faults.Add("priority", $"{priority} is no priority.");
            Tell("priority", ticket.Priority.ToString(), priority.ToString());
            ticket.Priority = priority;
        }
        await QueueAsync(db, ticket, change, faults, Tell, cancel);
        await OwnerAsync(db, ticket, change, faults, Tell, cancel);
        Tags(ticket, change, faults, Tell);
        if (faults.Any) return faults;
        if (events.Count == 0) return false;

        ticket.UpdatedAt = now;
        db.TicketEvents.AddRange(events);
        await db.SaveChangesAsync(cancel);
        await CounterRow.BumpChangesAsync(db, cancel);
        await transaction.CommitAsync(cancel);
        live.Publish(LiveTopic.Tickets);
        return true;
    }

    private static void State(Ticket ticket, TicketChange change, Faults faults, Action<string, string?, string?> tell)
    {
        if (change.State is not { } state || state == ticket.State) return;
        if (state == TicketState.Merged || !Enum.IsDefined(state)) faults.Add("state", "A ticket comes into this state by merging only.");
        tell("state", ticket.State.ToString(), state.ToString());
        ticket.State = state;
    }

    private static async Task QueueAsync(HelpdeskDb db, Ticket ticket, TicketChange change, Faults faults, Action<string, string?, string?> tell, CancellationToken cancel)
    {
        if (change.QueueId is not { } id || id == ticket.QueueId) return;
        var names = await db.Queues.Where(queue => queue.Id == id || queue.Id == ticket.QueueId).ToDictionaryAsync(queue => queue.Id, queue => queue.Name, cancel);
        if (!names.TryGetValue(id, out var name))
        {
            faults.Add("queue", "There is no such queue.");
            return;
        }
        tell("queue", names.GetValueOrDefault(ticket.QueueId), name);
        ticket.QueueId = id;
    }

    private static async Task OwnerAsync(HelpdeskDb db, Ticket ticket, TicketChange change, Faults faults, Action<string, string?, string?> tell, CancellationToken cancel)
    {
        if (change.OwnerId is null) return;
        var wanted = change.OwnerId.Length == 0 ? null : change.OwnerId;
        if (wanted == ticket.OwnerId) return;
        var users = await db.Users.Where(user => user.Id == wanted || user.Id == ticket.OwnerId)
            .ToDictionaryAsync(user => user.Id, user => user.DisplayName.Length > 0 ? user.DisplayName : user.UserName ?? user.Id, cancel);
        if (wanted is not null && !users.ContainsKey(wanted))
        {
            faults.Add("owner", "There is no such user.");
            return;
        }
        tell("owner", ticket.OwnerId is null ? null : users.GetValueOrDefault(ticket.OwnerId), wanted is null ? null : users[wanted]);
        ticket.OwnerId = wanted;
    }

    private static void Tags(Ticket ticket, TicketChange change, Faults faults, Action<string, string?, string?> tell)
    {
        if (change.Tags is null) return;
        var wanted = change.Tags.Select(tag => tag.Trim()).Where(tag => tag.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (wanted.Count > MaxTags) faults.Add("tags", $"A ticket has at most {MaxTags} tags.");
        if (wanted.Exists(tag => tag.Length > MaxTag || tag.Any(char.IsControl))) faults.Add("tags", $"A tag is a line of at most {MaxTag} characters.");
        var now = ticket.Tags.ConvertAll(tag => tag.Tag);
        if (faults.Any || now.ToHashSet(StringComparer.Ordinal).SetEquals(wanted)) return;
        tell("tags", string.Join(", ", now.Order(StringComparer.Ordinal)), string.Join(", ", wanted.Order(StringComparer.Ordinal)));
        ticket.Tags.RemoveAll(tag => !wanted.Contains(tag.Tag, StringComparer.Ordinal));
        ticket.Tags.AddRange(wanted.Except(now, StringComparer.Ordinal).Select(tag => new TicketTag { TicketId = ticket.Id, Tag = tag }));
    }
}
