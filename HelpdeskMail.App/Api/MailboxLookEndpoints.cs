using HelpdeskMail.Core;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.App.Api;

/// <summary>What a mailbox's server has: its folders, what a first fetch would take, and what it left out.</summary>
internal static class MailboxLookEndpoints
{
    public static void MapMailboxLooks(this RouteGroupBuilder api)
    {
        var mailbox = api.MapGroup("/mailboxes/{id:long}").WithTags("Mailboxes").ProducesProblem(StatusCodes.Status502BadGateway);
        mailbox.MapGet("/folders", FoldersAsync).WithSummary("The server's folders with their counts").Produces<Listing<FolderChoice>>();
        mailbox.MapGet("/preview", PreviewAsync).WithSummary("What a first fetch would take, by the mailbox's rule or another; changes nothing").Produces<MailPreviewJson>();
        mailbox.MapGet("/backfill", LookAsync).WithSummary("What a backfill would take: mail since a day that the first fetch left out; changes nothing").Produces<MailPreviewJson>();
        mailbox.MapPost("/backfill", TakeAsync).WithSummary("Have mail taken that the first fetch left out; the next fetch brings it").Takes<BackfillInput>().Produces<BackfillJson>().ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> FoldersAsync(long id, MailboxDirectory mailboxes, MailboxFolders folders, CancellationToken cancel)
    {
        if (await mailboxes.DraftAsync(id, cancel) is not { } draft) return NoMailbox(id);
        if (draft.Protocol != MailboxProtocol.Imap) return ApiProblems.Conflict("A POP3 mailbox has no folders.");
        var list = await folders.ListAsync(draft, cancel);
        return list.Error is { } error ? ApiProblems.NotAsked(error) : Results.Ok(new Listing<FolderChoice>(list.Folders, list.Folders.Count, null));
    }

    private static async Task<IResult> PreviewAsync(long id, MailboxDirectory mailboxes, FirstFetchPreview preview, CancellationToken cancel, string? firstFetch = null)
    {
        if (await mailboxes.DraftAsync(id, cancel) is not { } draft) return NoMailbox(id);
        if (firstFetch is not null && !FirstFetch.TryParse(firstFetch, out _)) return ApiProblems.Invalid("firstFetch", $"\"{firstFetch}\" is none of unread:N, new, all, since:YYYY-MM-DD.");
        draft.FirstFetch = firstFetch ?? draft.FirstFetch;
        return Answer(await preview.LookAsync(draft, cancel), draft);
    }

    private static async Task<IResult> LookAsync(long id, MailboxDirectory mailboxes, Backfill backfill, CancellationToken cancel, DateOnly? since = null)
    {
        if (await mailboxes.DraftAsync(id, cancel) is not { } draft) return NoMailbox(id);
        return since is { } day ? Answer(await backfill.LookAsync(id, day, cancel), draft) : ApiProblems.Invalid("since", NoDay);
    }

    private static async Task<IResult> TakeAsync(long id, HttpContext http, MailboxDirectory mailboxes, Backfill backfill, CancellationToken cancel)
    {
        if (await mailboxes.GetAsync(id, cancel) is null) return NoMailbox(id);
        var body = await JsonBody<BackfillInput>.ReadAsync(http.Request, cancel);
        if (body.Refusal is { } refusal) return refusal;
        if (body.Value.Since is not { } since) return ApiProblems.Invalid("since", NoDay);
        return await backfill.TakeAsync(id, since, cancel) switch
        {
            null => ApiProblems.Conflict("Another worker has this mailbox."),
            { Error: { } error } => ApiProblems.NotAsked(error),
            { Taken: var taken } => Results.Ok(new BackfillJson(taken)),
        };
    }

    private static IResult Answer(PreviewResult look, MailboxDraft draft) =>
        look.Error is { } error ? ApiProblems.NotAsked(error) : Results.Ok(MailPreviewJson.Of(look.Preview!, draft.Notices && draft.FirstFetchNotices));

    private static IResult NoMailbox(long id) => ApiProblems.NotFound($"There is no mailbox {id}.");

    private const string NoDay = "Say since which day (UTC), as YYYY-MM-DD.";
}

/// <param name="Listed">Messages that were looked at.</param>
/// <param name="Taken">How many of them would be taken.</param>
/// <param name="Oldest">Of those that would be taken; null where the server tells no dates.</param>
/// <param name="Notices">Whether their authors may be told anything.</param>
/// <param name="Items">The newest of them, ten at the most.</param>
internal sealed record MailPreviewJson(int Listed, int Taken, DateTime? Oldest, DateTime? Newest, bool Notices, IReadOnlyList<PreviewMail> Items)
{
    public static MailPreviewJson Of(MailPreview preview, bool notices) => new(preview.Listed, preview.Taken, preview.Oldest, preview.Newest, notices, preview.Mails);
}

internal sealed class BackfillInput
{
    public DateOnly? Since { get; set; }
}

/// <param name="Taken">Messages that the next fetch takes because of it.</param>
internal sealed record BackfillJson(int Taken);
