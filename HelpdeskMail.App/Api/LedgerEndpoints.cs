using System.Globalization;
using HelpdeskMail.Core;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.App.Api;

internal static class LedgerEndpoints
{
    /// <summary>How long a reconcile waits for another worker that has the mailbox.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static void MapLedger(this RouteGroupBuilder api)
    {
        api.MapGet("/mailboxes/{id:long}/ledger", ListAsync).WithTags("Mailboxes")
            .WithSummary("Every message the server ever showed, and what became of it; newest first").Produces<LedgerListing>();
        api.MapPost("/mailboxes/{id:long}/reconcile", ReconcileAsync).WithTags("Mailboxes")
            .WithSummary("Compare the ledger with what the server holds now; changes nothing on the server").Produces<ReconciliationJson>().ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status502BadGateway);
    }

    private static async Task<IResult> ListAsync(
        long id, MailboxDirectory mailboxes, LedgerQueries ledger, CancellationToken cancel,
        string? state = null, string? reason = null, string? q = null, DateTime? from = null, DateTime? to = null, int? page = null, int? pageSize = null, string? cursor = null)
    {
        if (await mailboxes.GetAsync(id, cancel) is null) return NoMailbox(id);
        LedgerState? only = null;
        if (state is { Length: > 0 })
        {
            if (!char.IsAsciiLetter(state[0]) || !Enum.TryParse<LedgerState>(state, ignoreCase: true, out var parsed)) return ApiProblems.Invalid("state", $"\"{state}\" is none of seen, stored, decided, acknowledged, quarantined, skipped.");
            only = parsed;
        }
        ListPosition? after = null;
        if (cursor is not null && (after = Position(cursor)) is null) return Cursor.Refusal;
        var filter = new LedgerFilter
        {
            State = only,
            Reason = ReasonJson.Read(reason),
            Text = q,
            From = from?.ToUniversalTime(),
            To = to?.ToUniversalTime(),
            After = after,
            Page = Math.Max(1, page ?? 1),
            PageSize = Math.Clamp(pageSize ?? ListingPart.DefaultSize, 1, ListingPart.LargestSize),
        };
        var summary = await ledger.SummaryAsync(id, cancel);
        var found = await ledger.ListAsync(id, filter, summary.Counts, cancel);
        var next = found.Next is { } last ? Cursor.Write(string.Create(CultureInfo.InvariantCulture, $"l{last.At.Ticks}.{last.Id}")) : null;
        return Results.Ok(new LedgerListing(LedgerSummaryJson.Of(summary, await ledger.ReconciliationAsync(id, cancel)), [.. found.Items.Select(LedgerJson.Of)], found.Total, next, found.SearchedTo));
    }

    private static async Task<IResult> ReconcileAsync(long id, HttpContext http, MailboxDirectory mailboxes, Reconciler reconciler, LedgerQueries ledger, CancellationToken cancel)
    {
        if (await mailboxes.GetAsync(id, cancel) is null) return NoMailbox(id);
        if (await reconciler.RunAsync(id, http.Caller(), Patience, cancel) is not { } result) return ApiProblems.Conflict("Another worker has this mailbox.");
        if (result.Found is { } found) return Results.Ok(ReconciliationJson.Of(found, await ledger.SummaryAsync(id, cancel)));
        return ApiProblems.NotAsked(result.Error!);
    }

    private static ListPosition? Position(string cursor) =>
        Cursor.Read(cursor) is ['l', .. var text] && text.Split('.') is [var ticks, var id]
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTime.MaxValue.Ticks && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var row)
            ? new ListPosition(new DateTime(at, DateTimeKind.Utc), row) : null;

    private static IResult NoMailbox(long id) => ApiProblems.NotFound($"There is no mailbox {id}.");
}
