using System.Text.Json.Nodes;
using HelpdeskMail.Core.Configuration;

namespace HelpdeskMail.App.Api;

internal static class ConfigurationEndpoints
{
    public static void MapConfiguration(this RouteGroupBuilder api)
    {
        var configuration = api.MapGroup("/config").WithTags("Configuration");
        configuration.MapGet("", async (ConfigurationExporter exporter, CancellationToken cancel) => Results.Ok(await exporter.ExportAsync(cancel)))
            .WithSummary("The configuration without secrets").Produces<JsonObject>();
        configuration.MapPut("", ImportAsync).WithSummary("Bring the configuration to what the body says, all or nothing").Takes<JsonObject>().Produces<ImportJson>();
    }

    private static async Task<IResult> ImportAsync(HttpRequest request, ConfigurationImporter importer, CancellationToken cancel, bool dryRun = false)
    {
        using var json = new MemoryStream();
        await request.Body.CopyToAsync(json, cancel);
        var outcome = await importer.ImportAsync(json.ToArray(), dryRun, cancel);
        return outcome.Ok ? Results.Ok(new ImportJson(dryRun, outcome.Value!)) : ApiProblems.Invalid(outcome.Errors);
    }
}

internal sealed record ImportJson(bool DryRun, IReadOnlyList<string> Changes);
