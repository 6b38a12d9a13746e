using System.Globalization;
using HelpdeskMail.Core;
using HelpdeskMail.Core.ContactRequests;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Tickets;

namespace HelpdeskMail.App.Api;

internal static class ContactRequestEndpoints
{
    public static void MapContactRequests(this RouteGroupBuilder api)
    {
        var requests = api.MapGroup("/contact-requests").WithTags("Contact requests");
        requests.MapGet("", ListAsync).WithSummary("Mail that waits for somebody to make a ticket of it, newest first").Produces<Listing<ContactRequestJson>>();
        requests.MapGet("/{id:long}", GetAsync).WithSummary("A contact request").Produces<ContactRequestJson>();
        requests.MapPost("/{id:long}/ticket", TicketAsync).WithSummary("Make a ticket of it; without a queue, in the queue of its mailbox").Takes<ContactRequestTicket>().Produces<TicketJson>();
        requests.MapPost("/{id:long}/append", AppendAsync).WithSummary("Put it to a ticket that is there").Takes<ContactRequestAppend>().Produces<TicketJson>();
        requests.MapPost("/{id:long}/dismiss", DismissAsync).WithSummary("Dismiss it with a reason").Takes<ContactRequestDismiss>().Produces<ContactRequestJson>();
    }

    private static async Task<IResult> ListAsync(
        ContactRequestQueries requests, CancellationToken cancel, string? state = null, string? q = null, int? pageSize = null, string? cursor = null)
    {
        if (ListingPart.Of(null, pageSize, cursor) is not { } part) return Cursor.Refusal;
        var wanted = ContactRequestState.Open;
        if (state is not (null or "all") && !(Enum.TryParse(state, ignoreCase: true, out wanted) && char.IsAsciiLetter(state[0])))
            return ApiProblems.Invalid("state", $"\"{state}\" is none of open, ticket, appended, dismissed, all.");
        var filter = new ContactRequestFilter(state == "all" ? null : wanted, q, part.After, part.Take);
        if (!string.IsNullOrWhiteSpace(q)) return Results.Ok(part.ListingOf(await requests.SearchAsync(filter with { PageSize = part.PageSize }, cancel), ContactRequestJson.Of));
        var found = await requests.ListAsync(filter, cancel);
        return Results.Ok(part.ListingOf(found, ContactRequestJson.Of, row => new ListPosition(row.LastMailAt, row.Id)));
    }

    private static async Task<IResult> GetAsync(long id, ContactRequestQueries requests, CancellationToken cancel) =>
        await requests.GetAsync(id, cancel) is { } row ? Results.Ok(ContactRequestJson.Of(row)) : NoRequest(id);

    private static async Task<IResult> TicketAsync(
        long id, HttpContext http, ContactRequestQueries requests, ContactRequestDesk desk, TicketQueries tickets, DepartmentDirectory departments, CancellationToken cancel)
    {
        if (await requests.GetAsync(id, cancel) is null) return NoRequest(id);
        var body = await JsonBody<ContactRequestTicket>.ReadIfAnyAsync(http.Request, cancel);
        if (body.Refusal is { } refusal) return refusal;
        long? queue = null;
        if (body.Value.Queue is { } name && (queue = (await departments.QueuesAsync(cancel)).FirstOrDefault(choice => string.Equals(choice.Name, name, StringComparison.OrdinalIgnoreCase))?.Id) is null)
            return ApiProblems.Invalid("queue", $"There is no queue \"{name}\".");
        return await TicketOfAsync(id, await desk.MakeTicketsAsync([id], queue, http.Caller(), cancel), tickets, cancel);
    }

    private static async Task<IResult> AppendAsync(long id, HttpContext http, ContactRequestQueries requests, ContactRequestDesk desk, TicketQueries tickets, CancellationToken cancel)
    {
        if (await requests.GetAsync(id, cancel) is null) return NoRequest(id);
        var body = await JsonBody<ContactRequestAppend>.ReadAsync(http.Request, cancel);
        if (body.Refusal is { } refusal) return refusal;
        return await desk.FindTicketAsync(body.Value.Ticket, cancel) is { } ticket
            ? await TicketOfAsync(id, await desk.AppendAsync([id], ticket, http.Caller(), cancel), tickets, cancel)
            : ApiProblems.Invalid("ticket", $"There is no ticket with the number \"{body.Value.Ticket}\".");
    }

    private static async Task<IResult> DismissAsync(long id, HttpContext http, ContactRequestQueries requests, ContactRequestDesk desk, CancellationToken cancel)
    {
        if (await requests.GetAsync(id, cancel) is null) return NoRequest(id);
        var body = await JsonBody<ContactRequestDismiss>.ReadAsync(http.Request, cancel);
        if (body.Refusal is { } refusal) return refusal;
        var outcome = await desk.DismissAsync([id], body.Value.Reason, http.Caller(), cancel);
        if (!outcome.Ok) return ApiProblems.Invalid(outcome.Errors);
        return outcome.Value![id].Fault is { } fault ? ApiProblems.Conflict(fault) : Results.Ok(ContactRequestJson.Of((await requests.GetAsync(id, cancel))!));
    }

    private static async Task<IResult> TicketOfAsync(long id, Outcome<IReadOnlyDictionary<long, HandResult>> outcome, TicketQueries tickets, CancellationToken cancel)
    {
        if (!outcome.Ok) return ApiProblems.Invalid(outcome.Errors);
        var result = outcome.Value![id];
        return result.Fault is { } fault ? ApiProblems.Conflict(fault) : Results.Ok(TicketJson.Of((await tickets.GetAsync(result.TicketId!.Value, cancel))!));
    }

    private static IResult NoRequest(long id) => ApiProblems.NotFound(string.Create(CultureInfo.InvariantCulture, $"There is no contact request {id}."));
}

internal sealed record ContactRequestJson(
    long Id, ContactRequestState State, MessageAddress From, string Subject, string Preview, int MailCount, string? Mailbox, string Queue, DateTime CreatedAt, DateTime LastMailAt,
    DateTime? HandledAt, string? HandledBy, string? Reason, long? TicketId, string? TicketNumber)
{
    public static ContactRequestJson Of(ContactRequestRow row) => new(
        row.Id, row.State, new MessageAddress(row.FromName, row.FromAddress), row.Subject, row.Preview, row.MailCount, row.Mailbox, row.Queue, row.CreatedAt, row.LastMailAt,
        row.HandledAt, row.HandledBy, row.DismissReason, row.TicketId, row.TicketNumber);
}

internal sealed class ContactRequestTicket
{
    public string? Queue { get; set; }
}

internal sealed class ContactRequestAppend
{
    /// <summary>The ticket's number.</summary>
    public string Ticket { get; set; } = "";
}

internal sealed class ContactRequestDismiss
{
    public string Reason { get; set; } = "";
}
