using System.Text.Json.Nodes;
using HelpdeskMail.Core.Configuration;
using HelpdeskMail.Core.Routing.Filters;

namespace HelpdeskMail.App.Api;

/// <summary>Filters themselves are read and written by the configuration.</summary>
internal static class FilterEndpoints
{
    public static void MapFilters(this RouteGroupBuilder api)
    {
        var filters = api.MapGroup("/filters").WithTags("Filters");
        filters.MapGet("", async (FilterDirectory directory, CancellationToken cancel, string? q = null, int page = 1) =>
        {
            var found = await directory.ListAsync(q, page, cancel);
            return Results.Ok(new FilterListing([.. found.Items.Select(row => new FilterRowJson(row.Position, FilterTransfer.Write(row.Filter), row.Advice))], found.Total));
        }).WithSummary("The filters in the order in which they run, each with what is wrong with it").Produces<FilterListing>();
        filters.MapPost("/trial", TryAsync).WithSummary("What a filter would have done with the last stored mails; the body is a filter in the configuration's form").Takes<JsonObject>().Produces<TrialResult>();
    }

    private static async Task<IResult> TryAsync(HttpRequest request, FilterTrial trial, FilterDirectory directory, CancellationToken cancel, int mails = FilterTrial.DefaultMails)
    {
        using var json = new MemoryStream();
        await request.Body.CopyToAsync(json, cancel);
        var draft = await FilterTransfer.ReadAsync(json.ToArray(), directory, cancel);
        if (!draft.Ok) return ApiProblems.Invalid(draft.Errors);
        var tried = await trial.RunAsync(draft.Value!, mails, cancel: cancel);
        return tried.Ok ? Results.Ok(tried.Value) : ApiProblems.Invalid(tried.Errors);
    }
}

internal sealed record FilterListing(IReadOnlyList<FilterRowJson> Items, int Total);

/// <param name="Filter">In the configuration's form.</param>
/// <param name="Advice">What can never match or isn't there any more.</param>
internal sealed record FilterRowJson(int Position, JsonNode Filter, IReadOnlyList<FilterAdvice> Advice);
