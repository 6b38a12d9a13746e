using System.Globalization;
using HelpdeskMail.Core.Confirmations;

namespace HelpdeskMail.App.Api;

internal static class ConfirmationEndpoints
{
    public static void MapConfirmations(this RouteGroupBuilder api)
    {
        var confirmations = api.MapGroup("/confirmations").WithTags("Confirmations");
        confirmations.MapGet("", ListAsync).WithSummary("What providers want confirmed, newest first").Produces<ConfirmationListing>();
        confirmations.MapGet("/{id:long}", async (long id, ConfirmationDesk desk, CancellationToken cancel) =>
            await desk.GetAsync(id, cancel) is { } row ? Results.Ok(row) : None(id)).WithSummary("One of them with its link and code").Produces<ProviderConfirmation>();
        foreach (var (name, state, summary) in new[] { ("done", ConfirmationState.Done, "It was confirmed"), ("dismiss", ConfirmationState.Dismissed, "Nobody wants it"), ("reopen", ConfirmationState.Open, "It waits again") })
        {
            confirmations.MapPost($"/{{id:long}}/{name}", async (long id, HttpContext http, ConfirmationDesk desk, CancellationToken cancel) =>
                (await desk.SettleAsync(id, state, http.Caller(), cancel)).Ok ? Results.Ok(await desk.GetAsync(id, cancel)) : None(id)).WithSummary(summary).Produces<ProviderConfirmation>();
        }
    }

    private static async Task<IResult> ListAsync(ConfirmationDesk desk, CancellationToken cancel, string? state = null, int? pageSize = null, string? cursor = null)
    {
        long? before = null;
        if (cursor is not null)
        {
            if (Cursor.Read(cursor) is not ['c', .. var text] || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var last)) return Cursor.Refusal;
            before = last;
        }
        ConfirmationState? wanted = null;
        if (state is not null)
        {
            if (!Enum.TryParse<ConfirmationState>(state, ignoreCase: true, out var parsed) || !Enum.IsDefined(parsed)) return ApiProblems.Invalid("state", $"\"{state}\" is neither open, done nor dismissed.");
            wanted = parsed;
        }
        var part = await desk.ListAsync(wanted, Math.Clamp(pageSize ?? ListingPart.DefaultSize, 1, ListingPart.LargestSize), before, cancel);
        return Results.Ok(new ConfirmationListing(part.Items, part.Next is { } id ? Cursor.Write(string.Create(CultureInfo.InvariantCulture, $"c{id}")) : null, await desk.OpenAsync(cancel)));
    }

    private static IResult None(long id) => ApiProblems.NotFound($"There is no confirmation {id}.");
}

/// <param name="Open">How many wait.</param>
internal sealed record ConfirmationListing(IReadOnlyList<ProviderConfirmation> Items, string? Next, int Open);
