using System.Text.Json;
using HelpdeskMail.App.Api;
using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Configuration;

namespace HelpdeskMail.App.Components.Pages.Filters;

/// <summary>The filters as a file to save.</summary>
internal static class FilterEndpoints
{
    private static readonly JsonSerializerOptions Indented = new(HelpdeskJson.Options) { WriteIndented = true };

    public static void MapFilterFile(this IEndpointRouteBuilder routes) => routes.MapGet("/filters/export", async (FilterTransfer transfer, CancellationToken cancel) =>
        Results.File(System.Text.Encoding.UTF8.GetBytes((await transfer.ExportAsync(cancel)).ToJsonString(Indented) + "\n"), "application/json", "filters.json"))
        .RequireAuthorization(policy => policy.RequireRole(Roles.Administrator)).ExcludeFromDescription();
}
