using HelpdeskMail.Core;
using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Tickets;
using Microsoft.AspNetCore.Identity;

namespace HelpdeskMail.App.Api;

internal static class TicketEndpoints
{
    public static void MapTickets(this RouteGroupBuilder api)
    {
        var tickets = api.MapGroup("/tickets").WithTags("Tickets");
        tickets.MapGet("", ListAsync).WithSummary("Tickets, the last changed first").Produces<Listing<TicketJson>>();
        tickets.MapGet("/{id:long}", GetAsync).WithSummary("A ticket").Produces<TicketJson>();
        tickets.MapPatch("/{id:long}", PatchAsync).WithSummary("Change state, priority, queue, owner or tags").Takes<TicketPatch>().Produces<TicketJson>();
    }

    private static async Task<IResult> ListAsync(
        TicketQueries tickets, DepartmentDirectory departments, UserManager<HelpdeskUser> users, CancellationToken cancel,
        string? queue = null, string? state = null, string? owner = null, string? customer = null, string? q = null, int? page = null, int? pageSize = null, string? cursor = null)
    {
        if (ListingPart.Of(page, pageSize, cursor) is not { } part) return Cursor.Refusal;
        var faults = new Faults();
        var states = new List<TicketState>();
        foreach (var name in (state ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Enum.TryParse<TicketState>(name, ignoreCase: true, out var parsed) && char.IsAsciiLetter(name[0])) states.Add(parsed);
            else faults.Add("state", $"\"{name}\" is none of new, open, pending, closed, merged.");
        }

        var queueId = queue is null ? null : (await departments.QueuesAsync(cancel)).FirstOrDefault(choice => string.Equals(choice.Name, queue, StringComparison.OrdinalIgnoreCase))?.Id;
        if (queue is not null && queueId is null) faults.Add("queue", $"There is no queue \"{queue}\".");
        var ownerId = owner is null or "none" ? owner : await OwnerAsync(owner, tickets, users, faults, cancel);
        if (faults.Any) return ApiProblems.Invalid(faults.ToDictionary());

        var found = await tickets.ListAsync(
            new TicketFilter { QueueId = queueId, States = states, AllStates = states.Count == 0, Owner = ownerId is "" ? null : ownerId, Customer = customer, Text = q, After = part.After, Page = part.Page, PageSize = part.Take }, cancel);
        return Results.Ok(part.ListingOf(found, TicketJson.Of, row => new ListPosition(row.UpdatedAt, row.Id)));
    }

    private static async Task<IResult> GetAsync(long id, TicketQueries tickets, CancellationToken cancel) =>
        await tickets.GetAsync(id, cancel) is { } row
            ? Results.Ok(TicketJson.Of(row) with { Fields = (await tickets.FieldsAsync(id, cancel)).ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal) })
            : NoTicket(id);

    private static async Task<IResult> PatchAsync(
        long id, HttpContext http, TicketQueries tickets, TicketEditor editor, DepartmentDirectory departments, UserManager<HelpdeskUser> users, CancellationToken cancel)
    {
        if (await tickets.GetAsync(id, cancel) is null) return NoTicket(id);
        var body = await JsonBody<TicketPatch>.ReadAsync(http.Request, cancel);
        if (body.Refusal is { } refusal) return refusal;
        var (patch, faults) = (body.Value, new Faults());

        long? queue = null;
        if (patch.Queue is { } name && (queue = (await departments.QueuesAsync(cancel)).FirstOrDefault(choice => string.Equals(choice.Name, name, StringComparison.OrdinalIgnoreCase))?.Id) is null)
            faults.Add("queue", $"There is no queue \"{name}\".");
        var owner = body.Has("owner") ? await OwnerAsync(patch.Owner, tickets, users, faults, cancel) : null;
        if (faults.Any) return ApiProblems.Invalid(faults.ToDictionary());

        var outcome = await editor.ChangeAsync(id, new TicketChange(patch.State, patch.Priority, queue, owner, patch.Tags), http.Caller(), cancel);
        return outcome.Ok ? Results.Ok(TicketJson.Of((await tickets.GetAsync(id, cancel))!)) : ApiProblems.Invalid(outcome.Errors);
    }

    /// <summary>A user's id from what the caller calls the owner; "" takes the owner away.</summary>
    private static async Task<string?> OwnerAsync(string? owner, TicketQueries tickets, UserManager<HelpdeskUser> users, Faults faults, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(owner)) return "";
        var choices = await tickets.OwnersAsync(cancel);
        if (choices.FirstOrDefault(choice => choice.Id == owner) is { } byId) return byId.Id;
        if (owner.Contains('@', StringComparison.Ordinal) && await users.FindByEmailAsync(owner) is { } user && choices.Any(choice => choice.Id == user.Id)) return user.Id;
        var byName = choices.Where(choice => string.Equals(choice.Name, owner, StringComparison.OrdinalIgnoreCase)).ToList();
        if (byName.Count == 1) return byName[0].Id;
        faults.Add("owner", byName.Count == 0 ? $"There is no user \"{owner}\"." : $"More than one user is called \"{owner}\": give the e-mail address.");
        return null;
    }

    private static IResult NoTicket(long id) => ApiProblems.NotFound($"There is no ticket {id}.");
}
