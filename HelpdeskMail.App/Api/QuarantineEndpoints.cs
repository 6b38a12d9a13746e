using System.Globalization;
using HelpdeskMail.Core;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Quarantine;

namespace HelpdeskMail.App.Api;

internal static class QuarantineEndpoints
{
    public static void MapQuarantine(this RouteGroupBuilder api)
    {
        var quarantine = api.MapGroup("/quarantine").WithTags("Quarantine");
        quarantine.MapGet("", ListAsync).WithSummary("What could not be processed, newest first").Produces<Listing<QuarantineJson>>();
        quarantine.MapGet("/{id:long}", async (long id, QuarantineQueries items, CancellationToken cancel) =>
            await items.GetAsync(id, cancel) is { } row ? Results.Ok(QuarantineJson.Of(row)) : NoItem(id)).WithSummary("An item with its history").Produces<QuarantineJson>();
        quarantine.MapPost("/{id:long}/retry", (long id, HttpContext http, QuarantineActions actions, QuarantineQueries items, CancellationToken cancel) =>
            ApplyAsync<RetryInput>(id, http, items, actions, (input, _) => Task.FromResult<Outcome<QuarantineAction>>(new QuarantineAction.Retry(input.MaxMegabytes)), cancel))
            .WithSummary("Decide again; fetch again what was held back on its server").Takes<RetryInput>().Produces<QuarantineJson>();
        quarantine.MapPost("/{id:long}/accept", (long id, HttpContext http, QuarantineActions actions, QuarantineQueries items, DepartmentDirectory departments, CancellationToken cancel) =>
            ApplyAsync<AcceptInput>(id, http, items, actions, async (input, _) => (await departments.QueuesAsync(cancel)).FirstOrDefault(queue => string.Equals(queue.Name, input.Queue, StringComparison.OrdinalIgnoreCase)) is { } queue
                ? new QuarantineAction.Accept(queue.Id) : Faults.Of("queue", $"There is no queue \"{input.Queue}\"."), cancel))
            .WithSummary("Make a ticket of it in a queue").Takes<AcceptInput>().Produces<QuarantineJson>();
        quarantine.MapPost("/{id:long}/append", (long id, HttpContext http, QuarantineActions actions, QuarantineQueries items, CancellationToken cancel) =>
            ApplyAsync<AppendInput>(id, http, items, actions, (input, _) => Task.FromResult<Outcome<QuarantineAction>>(new QuarantineAction.Append(input.Ticket ?? "")), cancel))
            .WithSummary("Append it to a ticket, by number").Takes<AppendInput>().Produces<QuarantineJson>();
        quarantine.MapPost("/{id:long}/reject", (long id, HttpContext http, QuarantineActions actions, QuarantineQueries items, CancellationToken cancel) =>
            ApplyAsync<RejectInput>(id, http, items, actions, (input, _) => Task.FromResult<Outcome<QuarantineAction>>(new QuarantineAction.Reject(input.Text)), cancel))
            .WithSummary("Turn it away and tell its sender").Takes<RejectInput>().Produces<QuarantineJson>();
        quarantine.MapPost("/{id:long}/delete", (long id, HttpContext http, QuarantineActions actions, QuarantineQueries items, CancellationToken cancel) =>
            ApplyAsync<NoInput>(id, http, items, actions, (_, _) => Task.FromResult<Outcome<QuarantineAction>>(new QuarantineAction.Delete()), cancel))
            .WithSummary("Delete it; the ledger keeps its row").Takes<NoInput>().Produces<QuarantineJson>();
        quarantine.MapQuarantineBulk();
    }

    private static async Task<IResult> ListAsync(
        QuarantineQueries items, CancellationToken cancel, string? state = null, string? reason = null, long? mailbox = null, string? q = null, int? pageSize = null, string? cursor = null)
    {
        long? after = null;
        if (cursor is not null)
        {
            if (Cursor.Read(cursor) is not ['q', .. var text] || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var last)) return Cursor.Refusal;
            after = last;
        }
        if (state is not (null or "open" or "settled")) return ApiProblems.Invalid("state", $"\"{state}\" is neither open nor settled.");
        var open = state is not "settled";
        reason = ReasonJson.Read(reason);
        var part = await items.ListAsync(new QuarantineFilter { Open = open, Reason = reason, MailboxId = mailbox, Text = q, After = after, PageSize = Math.Clamp(pageSize ?? ListingPart.DefaultSize, 1, ListingPart.LargestSize) }, cancel);
        var counts = await items.CountsAsync(open, cancel);
        var next = part.Next is { } id ? Cursor.Write(string.Create(CultureInfo.InvariantCulture, $"q{id}")) : null;
        return Results.Ok(new QuarantineListing(
            [.. part.Items.Select(row => QuarantineJson.Of(row))], counts.Where(row => reason is null || row.Reason == reason).Sum(row => row.Count), next,
            counts.ToDictionary(row => ReasonJson.Written(row.Reason), row => row.Count, StringComparer.Ordinal)));
    }

    private static async Task<IResult> ApplyAsync<T>(
        long id, HttpContext http, QuarantineQueries items, QuarantineActions actions, Func<T, CancellationToken, Task<Outcome<QuarantineAction>>> read, CancellationToken cancel)
        where T : class, new()
    {
        if (await items.GetAsync(id, cancel) is null) return NoItem(id);
        var body = await JsonBody<T>.ReadIfAnyAsync(http.Request, cancel);
        if (body.Refusal is { } refusal) return refusal;
        var action = await read(body.Value, cancel);
        if (!action.Ok) return ApiProblems.Invalid(action.Errors);
        var outcome = await actions.ApplyAsync([id], action.Value!, http.Caller(), cancel);
        if (!outcome.Ok) return ApiProblems.Invalid(outcome.Errors);
        return outcome.Value![0].Fault is { } fault ? ApiProblems.Conflict(fault) : Results.Ok(QuarantineJson.Of((await items.GetAsync(id, cancel))!, outcome.Value[0].TicketId));
    }

    private static IResult NoItem(long id) => ApiProblems.NotFound($"There is no item {id} in quarantine.");
}

internal class RetryInput
{
    public int? MaxMegabytes { get; set; }
}

internal class AcceptInput
{
    public string? Queue { get; set; }
}

internal class AppendInput
{
    public string? Ticket { get; set; }
}

internal class RejectInput
{
    public string? Text { get; set; }
}

internal sealed class NoInput;

/// <param name="Total">Items that the reason matches; "q" and "mailbox" are not counted.</param>
/// <param name="Reasons">All items by reason.</param>
internal sealed record QuarantineListing(IReadOnlyList<QuarantineJson> Items, int Total, string? Next, IReadOnlyDictionary<string, int> Reasons);

/// <param name="StoredMailId">Null: held back on its server, its bytes were never ours.</param>
/// <param name="TicketId">The ticket that it became by the request at hand.</param>
internal sealed record QuarantineJson(
    long Id, bool Open, string Reason, string Sentence, long Size, string? Sender, string? Subject, MailSourceKind Source, string? Mailbox, long? StoredMailId, DateTime Since, int Attempts,
    IReadOnlyList<QuarantineLine> History, DateTime? ClosedAt, long? TicketId)
{
    public static QuarantineJson Of(QuarantineRow row) => Of(row, null);

    public static QuarantineJson Of(QuarantineRow row, long? ticketId)
    {
        var item = row.Item;
        return new(item.Id, item.Open, ReasonJson.Written(item.Reason), item.Sentence, item.Size, item.Sender, item.Subject, item.Source, row.Mailbox, item.StoredMailId, item.Since, item.Attempts, item.History, item.ClosedAt, ticketId);
    }
}
