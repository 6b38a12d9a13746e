using HelpdeskMail.Core;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.App.Api;

internal static class MailboxEndpoints
{
    /// <summary>How long a fetch waits for another worker that has the mailbox.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static void MapMailboxes(this RouteGroupBuilder api)
    {
        var mailboxes = api.MapGroup("/mailboxes").WithTags("Mailboxes");
        mailboxes.MapGet("", async (MailboxReader reader, CancellationToken cancel) =>
        {
            var all = await reader.ListAsync(cancel);
            return Results.Ok(new Listing<MailboxJson>(all, all.Count, null));
        }).WithSummary("All mailboxes by name, with their status").Produces<Listing<MailboxJson>>();
        mailboxes.MapGet("/{id:long}", async (long id, MailboxReader reader, CancellationToken cancel) =>
            await reader.GetAsync(id, cancel) is { } mailbox ? Results.Ok(mailbox) : NoMailbox(id)).WithSummary("A mailbox").Produces<MailboxJson>();
        mailboxes.MapPost("", CreateAsync).WithSummary("Create a mailbox").Takes<MailboxInput>().Produces<MailboxJson>(StatusCodes.Status201Created);
        mailboxes.MapPut("/{id:long}", ChangeAsync).WithSummary("Change a mailbox; fields that are not sent stay, the password too").Takes<MailboxInput>().Produces<MailboxJson>();
        mailboxes.MapPost("/{id:long}/test", TestAsync).WithSummary("Try the connection step by step").Produces<TestJson>();
        mailboxes.MapPost("/{id:long}/fetch", FetchAsync).WithSummary("Fetch now; answers when done").Produces<FetchJson>();
    }

    private static async Task<IResult> CreateAsync(HttpContext http, MailboxEditor editor, MailboxReader reader, DepartmentDirectory departments, OutboundAccountDirectory accounts, CancellationToken cancel)
    {
        var (id, refusal) = await SaveAsync(new MailboxDraft(), http, editor, departments, accounts, cancel);
        return refusal ?? Results.Created($"/api/v1/mailboxes/{id}", await reader.GetAsync(id, cancel));
    }

    private static async Task<IResult> ChangeAsync(
        long id, HttpContext http, MailboxDirectory mailboxes, MailboxEditor editor, MailboxReader reader, DepartmentDirectory departments, OutboundAccountDirectory accounts, CancellationToken cancel)
    {
        if (await mailboxes.DraftAsync(id, cancel) is not { } draft) return NoMailbox(id);
        var (_, refusal) = await SaveAsync(draft, http, editor, departments, accounts, cancel);
        return refusal ?? Results.Ok(await reader.GetAsync(id, cancel));
    }

    private static async Task<(long Id, IResult? Refusal)> SaveAsync(
        MailboxDraft draft, HttpContext http, MailboxEditor editor, DepartmentDirectory departments, OutboundAccountDirectory accounts, CancellationToken cancel)
    {
        var body = await JsonBody<MailboxInput>.ReadAsync(http.Request, cancel);
        if (body.Refusal is { } refusal) return (0, refusal);
        var (input, faults) = (body.Value, new Faults());
        if (body.Has("id") && input.Id != draft.Id) faults.Add("id", "The id can't be chosen or changed.");
        Apply(input, body, draft);
        if (input.Queue is { } queue && (draft.QueueId = (await departments.QueuesAsync(cancel)).FirstOrDefault(choice => string.Equals(choice.Name, queue, StringComparison.OrdinalIgnoreCase))?.Id) is null)
            faults.Add("queue", $"There is no queue \"{queue}\".");
        if (body.Has("replyVia"))
        {
            draft.ReplyViaId = input.ReplyVia is null ? null : (await accounts.ListAsync(null, cancel)).FirstOrDefault(row => string.Equals(row.Name, input.ReplyVia, StringComparison.OrdinalIgnoreCase))?.Id;
            if (input.ReplyVia is not null && draft.ReplyViaId is null) faults.Add("replyVia", $"There is no outbound account \"{input.ReplyVia}\".");
        }

        if (faults.Any) return (0, ApiProblems.Invalid(faults.ToDictionary()));
        var outcome = await editor.SaveAsync(draft, cancel);
        return outcome.Ok ? (outcome.Value, null) : (0, ApiProblems.Invalid(outcome.Errors));
    }

    private static void Apply(MailboxInput input, JsonBody<MailboxInput> body, MailboxDraft draft)
    {
        draft.Name = input.Name ?? draft.Name;
        draft.Description = input.Description ?? draft.Description;
        draft.Protocol = input.Protocol ?? draft.Protocol;
        draft.Address = input.Address ?? draft.Address;
        draft.Host = input.Host ?? draft.Host;
        draft.Port = input.Port ?? draft.Port;
        draft.Encryption = input.Encryption ?? draft.Encryption;
        draft.UserName = input.UserName ?? draft.UserName;
        draft.Password = input.Password;
        if (body.Has("pinnedCertificate")) draft.PinnedCertificate = input.PinnedCertificate;
        draft.Folder = input.Folder ?? draft.Folder;
        draft.AfterFetch = input.AfterFetch ?? draft.AfterFetch;
        draft.ArchiveFolder = input.ArchiveFolder ?? draft.ArchiveFolder;
        draft.Dispatch = input.Dispatch ?? draft.Dispatch;
        draft.Trusted = input.Trusted ?? draft.Trusted;
        draft.RepliesOnly = input.RepliesOnly ?? draft.RepliesOnly;
        draft.HoldAsContactRequests = input.HoldAsContactRequests ?? draft.HoldAsContactRequests;
        draft.AuthServers = input.AuthServers ?? draft.AuthServers;
        draft.AgentsNeedPass = input.AgentsNeedPass ?? draft.AgentsNeedPass;
        if (body.Has("replyTo")) draft.ReplyTo = input.ReplyTo;
        draft.FirstFetch = input.FirstFetch ?? draft.FirstFetch;
        draft.Notices = input.Notices ?? draft.Notices;
        draft.FirstFetchNotices = input.FirstFetchNotices ?? draft.FirstFetchNotices;
        draft.IntervalMinutes = input.IntervalMinutes ?? draft.IntervalMinutes;
        draft.Push = input.Push ?? draft.Push;
        draft.Validity = input.Validity ?? draft.Validity;
        draft.Comment = input.Comment ?? draft.Comment;
    }

    private static async Task<IResult> TestAsync(long id, MailboxDirectory mailboxes, ConnectionTester tester, CancellationToken cancel)
    {
        if (await mailboxes.DraftAsync(id, cancel) is not { } draft) return NoMailbox(id);
        var steps = new List<TestStep>();
        var options = new TestOptions { Trace = new ProtocolTrace() };
        await foreach (var step in tester.TestAsync(draft, options, cancel)) steps.Add(step with { Milliseconds = Math.Round(step.Milliseconds, 1) });
        return Results.Ok(new TestJson(steps.Count > 0 && steps.All(step => step.Ok), steps, [.. options.Trace.Lines.Select(line => line.ToString())]));
    }

    private static async Task<IResult> FetchAsync(long id, MailboxDirectory mailboxes, Fetcher fetcher, CancellationToken cancel)
    {
        if (await mailboxes.GetAsync(id, cancel) is null) return NoMailbox(id);
        if (await fetcher.FetchWhenFreeAsync(id, Patience, cancel: cancel) is not { } result) return ApiProblems.Conflict("Another worker has this mailbox.");
        var json = new FetchJson(result.Found, result.Stored, result.Decided, result.Quarantined, result.Acknowledged, result.Skipped, Math.Round(result.Seconds, 3));
        if (result.Error is not { } error) return Results.Ok(json);
        return Results.Problem(new()
        {
            Status = StatusCodes.Status502BadGateway,
            Title = "The fetch ended early",
            Detail = error.Text,
            Extensions = { ["error"] = error, ["result"] = json },
        });
    }

    private static IResult NoMailbox(long id) => ApiProblems.NotFound($"There is no mailbox {id}.");
}

/// <param name="Transcript">What was said on the connection, without secrets.</param>
internal sealed record TestJson(bool Ok, IReadOnlyList<TestStep> Steps, IReadOnlyList<string> Transcript);

internal sealed record FetchJson(int Found, int Stored, int Decided, int Quarantined, int Acknowledged, int Skipped, double Seconds);
