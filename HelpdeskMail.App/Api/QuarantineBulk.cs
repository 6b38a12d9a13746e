using HelpdeskMail.Core;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Quarantine;

namespace HelpdeskMail.App.Api;

/// <summary>The same for many items as for one: POST /quarantine/ACTION with their ids, one result for each.</summary>
internal static class QuarantineBulk
{
    private const int MaxIds = 1000;

    public static void MapQuarantineBulk(this RouteGroupBuilder quarantine)
    {
        Map<RetryManyInput>("retry", "Decide again; fetch again what was held back on its server", (input, _) => new QuarantineAction.Retry(input.MaxMegabytes));
        Map<AcceptManyInput>("accept", "Make tickets of them in a queue", (input, queues) => queues.FirstOrDefault(queue => string.Equals(queue.Name, input.Queue, StringComparison.OrdinalIgnoreCase)) is { } queue
            ? new QuarantineAction.Accept(queue.Id) : Faults.Of("queue", $"There is no queue \"{input.Queue}\"."));
        Map<AppendManyInput>("append", "Append them to a ticket, by number", (input, _) => new QuarantineAction.Append(input.Ticket ?? ""));
        Map<RejectManyInput>("reject", "Turn them away and tell their senders", (input, _) => new QuarantineAction.Reject(input.Text));
        Map<DeleteManyInput>("delete", "Delete them; the ledger keeps their rows", (_, _) => new QuarantineAction.Delete());

        void Map<T>(string name, string summary, Func<T, IReadOnlyList<QueueChoice>, Outcome<QuarantineAction>> action)
            where T : class, IManyInput, new() => quarantine.MapPost("/" + name, (HttpContext http, QuarantineActions actions, DepartmentDirectory departments, CancellationToken cancel) => ApplyAsync(http, actions, departments, action, cancel))
            .WithSummary($"Many at once: {summary}").Takes<T>().Produces<Listing<QuarantineResult>>();
    }

    private static async Task<IResult> ApplyAsync<T>(
        HttpContext http, QuarantineActions actions, DepartmentDirectory departments, Func<T, IReadOnlyList<QueueChoice>, Outcome<QuarantineAction>> read, CancellationToken cancel)
        where T : class, IManyInput, new()
    {
        var body = await JsonBody<T>.ReadAsync(http.Request, cancel);
        if (body.Refusal is { } refusal) return refusal;
        if (body.Value.Ids is not { Count: > 0 and <= MaxIds } ids) return ApiProblems.Invalid("ids", $"Name the items by their ids, at most {MaxIds}.");
        var action = read(body.Value, await departments.QueuesAsync(cancel));
        if (!action.Ok) return ApiProblems.Invalid(action.Errors);
        var outcome = await actions.ApplyAsync(ids, action.Value!, http.Caller(), cancel);
        return outcome.Ok ? Results.Ok(new Listing<QuarantineResult>(outcome.Value!, outcome.Value!.Count, null)) : ApiProblems.Invalid(outcome.Errors);
    }
}

internal interface IManyInput
{
    IReadOnlyList<long>? Ids { get; }
}

internal sealed class RetryManyInput : RetryInput, IManyInput
{
    public IReadOnlyList<long>? Ids { get; set; }
}

internal sealed class AcceptManyInput : AcceptInput, IManyInput
{
    public IReadOnlyList<long>? Ids { get; set; }
}

internal sealed class AppendManyInput : AppendInput, IManyInput
{
    public IReadOnlyList<long>? Ids { get; set; }
}

internal sealed class RejectManyInput : RejectInput, IManyInput
{
    public IReadOnlyList<long>? Ids { get; set; }
}

internal sealed class DeleteManyInput : IManyInput
{
    public IReadOnlyList<long>? Ids { get; set; }
}
