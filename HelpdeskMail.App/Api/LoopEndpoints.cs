using System.Globalization;
using HelpdeskMail.Core.Routing.Loops;

namespace HelpdeskMail.App.Api;

internal static class LoopEndpoints
{
    public static void MapLoops(this RouteGroupBuilder api)
    {
        var loops = api.MapGroup("/loops").WithTags("Loops");
        loops.MapGet("", ListAsync).WithSummary("Senders that the loop guard has stopped, newest first").Produces<LoopListing>();
        loops.MapGet("/{id:long}", async (long id, LoopDesk desk, CancellationToken cancel) =>
            await desk.GetAsync(id, cancel) is { } story ? Results.Ok(LoopStoryJson.Of(story)) : NoLoop(id)).WithSummary("One of them with its story").Produces<LoopStoryJson>();
        loops.MapPost("/{id:long}/resume", ResumeAsync).WithSummary("Let the sender in again").Takes<ResumeInput>().Produces<ResumedJson>();
    }

    private static async Task<IResult> ListAsync(LoopDesk desk, CancellationToken cancel, string? state = null, int? pageSize = null, string? cursor = null)
    {
        long? before = null;
        if (cursor is not null)
        {
            if (Cursor.Read(cursor) is not ['l', .. var text] || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var last)) return Cursor.Refusal;
            before = last;
        }
        if (state is not (null or "open" or "settled")) return ApiProblems.Invalid("state", $"\"{state}\" is neither open nor settled.");
        var part = await desk.ListAsync(state is null ? null : state == "open", Math.Clamp(pageSize ?? ListingPart.DefaultSize, 1, ListingPart.LargestSize), before, cancel);
        return Results.Ok(new LoopListing([.. part.Items.Select(LoopJson.Of)], part.Next is { } id ? Cursor.Write(string.Create(CultureInfo.InvariantCulture, $"l{id}")) : null, await desk.OpenAsync(cancel)));
    }

    private static async Task<IResult> ResumeAsync(long id, HttpContext http, LoopDesk desk, CancellationToken cancel)
    {
        var body = await JsonBody<ResumeInput>.ReadAsync(http.Request, cancel);
        if (body.Refusal is { } refusal) return refusal;
        if (await desk.GetAsync(id, cancel) is null) return NoLoop(id);
        var outcome = await desk.ResumeAsync(id, body.Value.Release, http.Caller(), body.Value.Allow, cancel);
        return outcome.Ok ? Results.Ok(new ResumedJson(outcome.Value, LoopStoryJson.Of((await desk.GetAsync(id, cancel))!))) : ApiProblems.Invalid(outcome.Errors);
    }

    private static IResult NoLoop(long id) => ApiProblems.NotFound($"There is no loop {id}.");
}

internal sealed class ResumeInput
{
    /// <summary>Decide anew the mails that were held back; else they stay in quarantine.</summary>
    public bool Release { get; set; }

    /// <summary>"address" or "domain": never stop it again.</summary>
    public LoopAllow? Allow { get; set; }
}

/// <param name="Open">How many nobody has settled yet.</param>
internal sealed record LoopListing(IReadOnlyList<LoopJson> Items, string? Next, int Open);

/// <param name="Records">New mails within the minutes when it was stopped; 0: not taken down.</param>
internal sealed record LoopJson(
    long Id, LoopState State, string Sender, string? Recipient, string? Mailbox, int Records, int Minutes, int Blocked, DateTime StartedAt, DateTime LastAt, DateTime? ResumedAt, string? ResumedBy)
{
    public static LoopJson Of(LoopRow row)
    {
        var story = row.Incident;
        return new(story.Id, row.State, story.Sender, story.Recipient, row.Mailbox, story.Records, story.Minutes, story.Blocked, story.StartedAt, story.LastAt, story.ResumedAt, story.ResumedBy);
    }
}

/// <param name="Waiting">Mails held back that still wait in quarantine.</param>
/// <param name="EndsAt">When its mails are taken again by themselves; null: they are now.</param>
internal sealed record LoopStoryJson(LoopJson Loop, int Waiting, DateTime? EndsAt, string? AllowedBy, int StepMinutes, IReadOnlyList<LoopBar> Bars)
{
    public static LoopStoryJson Of(LoopStory story) =>
        new(LoopJson.Of(story.Row), story.Waiting, story.EndsAt, story.AllowedBy, (int)story.Chart.Step.TotalMinutes, story.Chart.Bars);
}

/// <param name="Taken">Mails that were decided anew and are out of quarantine.</param>
internal sealed record ResumedJson(int Taken, LoopStoryJson Story);
