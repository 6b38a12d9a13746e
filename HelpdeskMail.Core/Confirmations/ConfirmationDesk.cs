using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Confirmations;

/// <summary>Shows what providers want confirmed (N9), and takes down what became of it. The confirming itself is a person's: nothing is opened by us.</summary>
public sealed class ConfirmationDesk(IDbContextFactory<HelpdeskDb> contexts, HandDecisions decisions, LiveUpdates live, TimeProvider time)
{
    private const int MaxPageSize = 200;

    /// <summary>How many wait; the navigation shows it.</summary>
    public async Task<int> OpenAsync(CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Confirmations.CountAsync(row => row.State == ConfirmationState.Open, cancel);
    }

    /// <summary>Newest first.</summary>
    /// <param name="state">Null: all.</param>
    /// <param name="size">At most 200.</param>
    /// <param name="before">The last id of the page before; null: the first page.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<ConfirmationPart> ListAsync(ConfirmationState? state, int size, long? before = null, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        size = Math.Clamp(size, 1, MaxPageSize);
        var rows = db.Confirmations.AsNoTracking();
        if (state is { } wanted) rows = rows.Where(row => row.State == wanted);
        if (before is { } id) rows = rows.Where(row => row.Id < id);
        var found = await rows.OrderByDescending(row => row.Id).Take(size + 1).ToListAsync(cancel);
        return new ConfirmationPart([.. found.Take(size)], found.Count > size ? found[size - 1].Id : null);
    }

    /// <summary>Null: there is no such confirmation.</summary>
    public async Task<ProviderConfirmation?> GetAsync(long id, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Confirmations.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancel);
    }

    /// <summary>Takes down that it is done, that nobody wants it, or that it waits again. The same twice is no fault.</summary>
    public async Task<Outcome<bool>> SettleAsync(long id, ConfirmationState state, Actor actor, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (await db.Confirmations.FindAsync([id], cancel) is not { } row) return Faults.Of("id", "This confirmation is not there any more.");
        if (row.State == state) return true;
        var open = state == ConfirmationState.Open;
        (row.State, row.SettledAt, row.SettledBy) = (state, open ? null : time.GetUtcNow().UtcDateTime, open ? null : MailText.Line(actor.Name, 200));
        await db.SaveChangesAsync(cancel);
        await CounterRow.BumpChangesAsync(db, cancel);
        live.Publish(LiveTopic.Mailboxes);
        return true;
    }

    /// <summary>For what was taken for a confirmation and is none: a ticket in the queue that the mail would go to.</summary>
    /// <returns>The ticket's id. Faults: "id", "".</returns>
    public async Task<Outcome<long>> MakeTicketAsync(long id, Actor actor, CancellationToken cancel = default)
    {
        if (await GetAsync(id, cancel) is not { } row) return Faults.Of("id", "This confirmation is not there any more.");
        var outcome = await decisions.ApplyAsync([row.StoredMailId], new HandDecision.MakeTicket(null), actor, again: true, cancel);
        if (!outcome.Ok) return Faults.Of("", string.Join(' ', outcome.Errors.SelectMany(pair => pair.Value)));
        if (outcome.Value![0] is not { TicketId: { } ticket }) return Faults.Of("", outcome.Value[0].Fault ?? "It is no ticket.");
        await SettleAsync(id, ConfirmationState.Dismissed, actor, cancel);
        return ticket;
    }
}

/// <param name="Next">The confirmation to go on after; null: that was all.</param>
public sealed record ConfirmationPart(IReadOnlyList<ProviderConfirmation> Items, long? Next);
