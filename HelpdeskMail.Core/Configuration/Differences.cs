using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HelpdeskMail.Core.Configuration;

/// <summary>Tells two exported configurations apart, one line a difference: <c>mailboxes "support" port: 993 → 1993</c>.</summary>
internal static class Differences
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEnumerable<string> Between(JsonObject before, JsonObject after) => Objects("", before, after);

    private static IEnumerable<string> Objects(string path, JsonObject? before, JsonObject after)
    {
        foreach (var (field, value) in after)
        {
            var here = path.Length == 0 ? field : $"{path} {field}";
            var old = before?[field];
            var lines = value switch
            {
                JsonArray items when items.All(HasName) => Items(here, old as JsonArray ?? [], items),
                JsonObject item => Objects(here, old as JsonObject, item),
                _ when before is null || JsonNode.DeepEquals(old, value) => [],
                _ => [$"{here}: {Show(old)} → {Show(value)}"],
            };
            foreach (var line in lines) yield return line;
        }
    }

    private static IEnumerable<string> Items(string path, JsonArray before, JsonArray after)
    {
        var old = before.OfType<JsonObject>().ToDictionary(NameOf, StringComparer.OrdinalIgnoreCase);
        foreach (var item in after.OfType<JsonObject>())
        {
            var here = $"{path} \"{NameOf(item)}\"";
            if (!old.Remove(NameOf(item), out var same)) yield return $"{here}: new";
            foreach (var line in Objects(here, same, item)) yield return line;
        }

        foreach (var name in old.Keys) yield return $"{path} \"{name}\": moved away";
    }

    /// <summary>Items without a name, such as a filter's conditions, only differ as a whole.</summary>
    private static bool HasName(JsonNode? item) => item is JsonObject named && (named["name"] ?? named["domain"] ?? named["address"]) is not null;

    /// <summary>What an item is matched by: its name, or its address where it has none.</summary>
    private static string NameOf(JsonObject item) => (item["name"], item["localPart"], item["domain"], item["address"]) switch
    {
        ({ } name, _, _, _) => name.GetValue<string>(),
        (_, { } local, { } domain, _) => $"{local.GetValue<string>()}@{domain.GetValue<string>()}",
        (_, _, { } domain, _) => domain.GetValue<string>(),
        (_, _, _, { } address) => address.GetValue<string>(),
        _ => throw new InvalidOperationException("An item of the configuration without a name."),
    };

    private static string Show(JsonNode? value) => value?.ToJsonString(Readable) ?? "null";
}
