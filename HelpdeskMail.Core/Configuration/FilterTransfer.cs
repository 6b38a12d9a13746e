using System.Text.Json;
using System.Text.Json.Nodes;
using HelpdeskMail.Core.Routing.Filters;

namespace HelpdeskMail.Core.Configuration;

/// <summary>Carries filters alone from one helpdesk to another, in the configuration's form.</summary>
public sealed class FilterTransfer(ConfigurationExporter exporter, ConfigurationImporter importer)
{
    /// <summary>Filters that a file may hold are few and short.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>A filter in the configuration's form.</summary>
    public static JsonNode Write(Filter filter) => FilterSection.Write(filter);

    /// <summary>Reads one filter in the configuration's form; with the name of a saved one it stands for that, and fields that aren't given stay as they are there.</summary>
    /// <returns>Faults by JSON path.</returns>
    public static async Task<Outcome<FilterDraft>> ReadAsync(byte[] json, FilterDirectory filters, CancellationToken cancel = default)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            var name = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("name", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
            var draft = name is null ? new FilterDraft() : await filters.DraftNamedAsync(name, cancel) ?? new FilterDraft();
            var faults = new Faults();
            FilterSection.Read(new JsonFields(document.RootElement, "", faults), draft);
            return faults.Any ? faults : draft;
        }
        catch (JsonException error)
        {
            return Faults.Of("", $"Not JSON: {error.Message}");
        }
    }

    public async Task<JsonObject> ExportAsync(CancellationToken cancel = default)
    {
        var all = await exporter.ExportAsync(cancel);
        return new JsonObject { ["version"] = all["version"]!.DeepClone(), ["filters"] = all["filters"]!.DeepClone() };
    }

    /// <summary>Takes the filters of a file, all or none, and nothing else that it may hold: a whole configuration will do. Filters that it doesn't name stay.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="dryRun">Only tell the differences.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>One line a difference; or faults by JSON path.</returns>
    public async Task<Outcome<IReadOnlyList<string>>> ImportAsync(byte[] json, bool dryRun, CancellationToken cancel = default)
    {
        if (json.Length > MaxBytes) return Faults.Of("", $"A file of filters has at most {ByteSize.Of(MaxBytes)}.");
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(json.AsSpan().StartsWith("\uFEFF"u8) ? json.AsSpan(3) : json, documentOptions: Strict);
        }
        catch (JsonException error)
        {
            return Faults.Of("", $"Not JSON: {error.Message}");
        }
        if (root is not JsonObject { } file || file["filters"] is not JsonArray filters) return Faults.Of("filters", "The file holds no list \"filters\".");
        var only = new JsonObject { ["version"] = file["version"]?.DeepClone() ?? ConfigurationImporter.Version, ["filters"] = filters.DeepClone() };
        return await importer.ImportAsync(JsonSerializer.SerializeToUtf8Bytes(only), dryRun, cancel);
    }
}
