using HelpdeskMail.Core;
using HelpdeskMail.Core.CommunicationLog;

namespace HelpdeskMail.App.Api;

internal static class CommunicationEndpoints
{
    public static void MapCommunications(this RouteGroupBuilder api)
    {
        var communications = api.MapGroup("/communications").WithTags("Communication log");
        communications.MapGet("", ListAsync).WithSummary("Connections and messages, newest first, without their entries").Produces<Listing<CommunicationJson>>();
        communications.MapGet("/{id:long}", async (long id, CommunicationQueries queries, CancellationToken cancel) =>
            await queries.GetAsync(id, cancel) is { } row ? Results.Ok(CommunicationJson.Of(row, withEntries: true)) : ApiProblems.NotFound($"There is no communication {id}."))
            .WithSummary("A connection or message with its entries").Produces<CommunicationJson>();
    }

    private static async Task<IResult> ListAsync(
        CommunicationQueries queries, CancellationToken cancel, DateTimeOffset? from = null, DateTimeOffset? to = null, string? q = null, string? account = null, CommunicationKind? kind = null,
        CommunicationDirection? direction = null, CommunicationStatus? status = null, LogLevels? level = null, int? page = null, int? pageSize = null, string? cursor = null)
    {
        if (ListingPart.Of(page, pageSize, cursor) is not { } part) return Cursor.Refusal;
        var filter = new CommunicationFilter
        {
            From = from?.UtcDateTime,
            To = to?.UtcDateTime,
            Text = q,
            Account = account,
            Kind = kind,
            Direction = direction,
            Status = status,
            Level = level,
            After = part.After,
            Page = part.Page,
            PageSize = part.Take,
        };
        if (!string.IsNullOrWhiteSpace(q)) return Results.Ok(part.ListingOf(await queries.SearchAsync(filter with { PageSize = part.PageSize }, cancel), row => CommunicationJson.Of(row, withEntries: false)));
        var found = await queries.ListAsync(filter, cancel);
        return Results.Ok(part.ListingOf(found, row => CommunicationJson.Of(row, withEntries: false), row => new ListPosition(row.StartedAt, row.Id)));
    }
}
