using System.Globalization;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Replay;

namespace HelpdeskMail.App.Api;

internal static class ReplayEndpoints
{
    public static void MapReplay(this RouteGroupBuilder api)
    {
        var replay = api.MapGroup("/replay").WithTags("Replay");
        replay.MapPost("/preview", PreviewAsync).WithSummary("Decide mails again by today's rules and show what would differ; changes nothing").Takes<ReplayScopeInput>().Produces<ReplayListing>();
        replay.MapPost("", ApplyAsync).WithSummary("Apply today's decisions to chosen mails; doing it again does nothing more").Takes<ReplayInput>().Produces<Listing<ReplayResult>>();
    }

    private static async Task<IResult> PreviewAsync(HttpContext http, Replayer replayer, MailboxDirectory mailboxes, CancellationToken cancel)
    {
        var body = await JsonBody<ReplayScopeInput>.ReadAsync(http.Request, cancel);
        if (body.Refusal is { } refusal) return refusal;
        var input = body.Value;
        var after = 0L;
        if (input.Cursor is not null && (Cursor.Read(input.Cursor) is not ['r', .. var text] || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out after))) return Cursor.Refusal;
        if (TooMany(input.Mails) is { } tooMany) return tooMany;
        if (input.Mailbox is { } mailbox && await mailboxes.GetAsync(mailbox, cancel) is null) return ApiProblems.Invalid("mailbox", $"There is no mailbox {mailbox}.");
        var part = await replayer.PreviewAsync(new ReplayScope(input.Mails, input.Mailbox, input.From?.ToUniversalTime(), input.To?.ToUniversalTime()), after, cancel);
        return Results.Ok(new ReplayListing(part.Differences, part.Examined, part.Next is { } next ? Cursor.Write(string.Create(CultureInfo.InvariantCulture, $"r{next}")) : null, part.Reached));
    }

    private static async Task<IResult> ApplyAsync(HttpContext http, Replayer replayer, CancellationToken cancel)
    {
        var body = await JsonBody<ReplayInput>.ReadAsync(http.Request, cancel);
        if (body.Refusal is { } refusal) return refusal;
        if (body.Value.Mails is not { Count: > 0 } mails) return ApiProblems.Invalid("mails", "Name the stored mails by their ids.");
        if (TooMany(mails) is { } tooMany) return tooMany;
        var results = await replayer.ApplyAsync(mails, http.Caller(), cancel);
        return Results.Ok(new Listing<ReplayResult>(results, results.Count, null));
    }

    private static IResult? TooMany(IReadOnlyList<long>? mails) => mails is { Count: > Replayer.MaxIds } ? ApiProblems.Invalid("mails", $"At most {Replayer.MaxIds} mails at a time.") : null;
}

/// <summary>Those mails, or all of a mailbox and a time; nothing given: all.</summary>
internal sealed class ReplayScopeInput
{
    /// <summary>Ids of stored mails.</summary>
    public IReadOnlyList<long>? Mails { get; set; }

    /// <summary>A mailbox's id.</summary>
    public long? Mailbox { get; set; }

    /// <summary>When the mail was stored.</summary>
    public DateTime? From { get; set; }

    public DateTime? To { get; set; }

    /// <summary>"next" of the part before.</summary>
    public string? Cursor { get; set; }
}

internal sealed class ReplayInput
{
    /// <summary>Ids of stored mails.</summary>
    public IReadOnlyList<long>? Mails { get; set; }
}

/// <param name="Items">Mails that would be decided otherwise.</param>
/// <param name="Examined">Mails that were decided again for this part.</param>
/// <param name="Next">Pass it back as "cursor" to go on; null: that was all. A part without items may have one.</param>
/// <param name="Reached">When the last of them was stored.</param>
internal sealed record ReplayListing(IReadOnlyList<ReplayDifference> Items, int Examined, string? Next, DateTime? Reached);
