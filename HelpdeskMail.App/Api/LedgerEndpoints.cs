using System.Globalization;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.App.Api;

internal static class LedgerEndpoints
{
    public static void MapLedger(this RouteGroupBuilder api) =>
        api.MapGet("/mailboxes/{id:long}/ledger", ListAsync).WithTags("Mailboxes")
            .WithSummary("Every message the server ever showed, and what became of it; newest first").Produces<LedgerListing>();

    private static async Task<IResult> ListAsync(
        long id, IDbContextFactory<HelpdeskDb> contexts, CancellationToken cancel, LedgerState? state = null, int? page = null, int? pageSize = null, string? cursor = null)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (!await db.Mailboxes.AnyAsync(mailbox => mailbox.Id == id, cancel)) return ApiProblems.NotFound($"There is no mailbox {id}.");
        var size = Math.Clamp(pageSize ?? ListingPart.DefaultSize, 1, ListingPart.LargestSize);
        long? before = null;
        if (cursor is not null)
        {
            if (Cursor.Read(cursor) is not ['l', .. var text] || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var at)) return Cursor.Refusal;
            before = at;
        }

        var counts = await db.Ledger.Where(entry => entry.MailboxId == id).GroupBy(entry => entry.State).Select(group => new { State = group.Key, Count = group.Count() }).ToDictionaryAsync(row => row.State, row => row.Count, cancel);
        var rows = db.Ledger.AsNoTracking().Where(entry => entry.MailboxId == id);
        if (state is not null) rows = rows.Where(entry => entry.State == state);
        if (before is not null) rows = rows.Where(entry => entry.Id < before);
        rows = rows.OrderByDescending(entry => entry.Id);
        if (before is null && page > 1) rows = rows.Skip((page.Value - 1) * size);
        var found = await rows.Take(size + 1).ToListAsync(cancel);
        var items = found.Take(size).Select(LedgerJson.Of).ToList();
        var total = state is { } only ? counts.GetValueOrDefault(only) : counts.Values.Sum();
        return Results.Ok(new LedgerListing(LedgerSummary.Of(counts), items, total, found.Count > size ? Cursor.Write(string.Create(CultureInfo.InvariantCulture, $"l{found[size - 1].Id}")) : null));
    }
}

internal sealed record LedgerListing(LedgerSummary Summary, IReadOnlyList<LedgerJson> Items, int Total, string? Next);

/// <param name="OnServer">Messages that the server ever showed.</param>
/// <param name="Accounted">Those whose fate is settled: decided, acknowledged, quarantined or skipped.</param>
/// <param name="Waiting">Those seen or stored and not decided yet. OnServer = Accounted + Waiting.</param>
internal sealed record LedgerSummary(int OnServer, int Accounted, int Waiting, int Quarantined, int Skipped)
{
    public static LedgerSummary Of(IReadOnlyDictionary<LedgerState, int> counts)
    {
        var waiting = counts.GetValueOrDefault(LedgerState.Seen) + counts.GetValueOrDefault(LedgerState.Stored);
        var all = counts.Values.Sum();
        return new(all, all - waiting, waiting, counts.GetValueOrDefault(LedgerState.Quarantined), counts.GetValueOrDefault(LedgerState.Skipped));
    }
}

internal sealed record LedgerJson(
    long Id, string Identity, LedgerState State, string? Reason, long Size, string? Subject, long? TicketId, DateTime? ReceivedAt, DateTime SeenAt, DateTime? StoredAt, DateTime? DecidedAt, DateTime? AcknowledgedAt)
{
    public static LedgerJson Of(LedgerEntry entry) => new(
        entry.Id, entry.Identity, entry.State, entry.Reason, entry.Size, entry.Subject, entry.TicketId, entry.ReceivedAt, entry.SeenAt, entry.StoredAt, entry.DecidedAt, entry.AcknowledgedAt);
}
