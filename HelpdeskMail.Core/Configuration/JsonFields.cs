using System.Text.Json;

namespace HelpdeskMail.Core.Configuration;

/// <summary>
/// Reads one object of the configuration file, field by field. A field that isn't there changes nothing; one of the wrong kind, and at the end
/// any that nobody asked for, becomes a fault under its path.
/// </summary>
internal sealed class JsonFields
{
    private readonly Dictionary<string, JsonElement> waiting = [];
    private readonly List<string> known = [];
    private readonly Faults faults;

    public JsonFields(JsonElement element, string path, Faults faults)
    {
        Path = path;
        this.faults = faults;
        if (element.ValueKind != JsonValueKind.Object)
        {
            faults.Add(path, "Must be an object.");
            return;
        }

        foreach (var field in element.EnumerateObject()) waiting[field.Name] = field.Value;
    }

    public string Path { get; }

    public string PathOf(string field) => Path.Length == 0 ? field : $"{Path}.{field}";

    /// <summary>A text without taking it: what to match the object by.</summary>
    public string? Peek(string field) => waiting.TryGetValue(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Whether a field is there and nobody has taken it yet.</summary>
    public bool Has(string field) => waiting.ContainsKey(field);

    public void Text(string field, Action<string> set)
    {
        if (!Take(field, out var value)) return;
        if (value.ValueKind == JsonValueKind.String) set(value.GetString()!);
        else faults.Add(PathOf(field), "Must be a text.");
    }

    /// <summary>A text, or null for "none".</summary>
    public void TextOrNull(string field, Action<string?> set)
    {
        if (!Take(field, out var value)) return;
        if (value.ValueKind is JsonValueKind.String or JsonValueKind.Null) set(value.GetString());
        else faults.Add(PathOf(field), "Must be a text or null.");
    }

    public void Number(string field, Action<int> set)
    {
        if (!Take(field, out var value)) return;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)) set(number);
        else faults.Add(PathOf(field), "Must be a whole number.");
    }

    public void Flag(string field, Action<bool> set)
    {
        if (!Take(field, out var value)) return;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) set(value.GetBoolean());
        else faults.Add(PathOf(field), "Must be true or false.");
    }

    /// <summary>One of an enum's names in lower camel case.</summary>
    public void Choice<TEnum>(string field, Action<TEnum> set)
        where TEnum : struct, Enum
    {
        if (!Take(field, out var value)) return;
        var names = Enum.GetValues<TEnum>().ToDictionary(Name, choice => choice);
        if (value.ValueKind == JsonValueKind.String && names.TryGetValue(value.GetString()!, out var found)) set(found);
        else faults.Add(PathOf(field), $"Must be one of {string.Join(", ", names.Keys)}.");
    }

    /// <summary>The same, or null for "none of its own".</summary>
    public void ChoiceOrNull<TEnum>(string field, Action<TEnum?> set)
        where TEnum : struct, Enum
    {
        if (waiting.TryGetValue(field, out var value) && value.ValueKind == JsonValueKind.Null && Take(field, out _)) set(null);
        else Choice<TEnum>(field, found => set(found));
    }

    /// <summary>The objects of a list, with their paths; none where the field isn't there.</summary>
    public IReadOnlyList<JsonFields> Objects(string field)
    {
        if (!Take(field, out var value)) return [];
        if (value.ValueKind == JsonValueKind.Array) return [.. value.EnumerateArray().Select((item, index) => new JsonFields(item, $"{PathOf(field)}[{index}]", faults))];
        faults.Add(PathOf(field), "Must be a list.");
        return [];
    }

    /// <summary>An object whose fields are not known beforehand; empty where it isn't there.</summary>
    public IReadOnlyDictionary<string, JsonElement> Map(string field)
    {
        if (!Take(field, out var value)) return new Dictionary<string, JsonElement>();
        if (value.ValueKind == JsonValueKind.Object) return value.EnumerateObject().ToDictionary(item => item.Name, item => item.Value, StringComparer.Ordinal);
        faults.Add(PathOf(field), "Must be an object.");
        return new Dictionary<string, JsonElement>();
    }

    /// <summary>Call last: what is left over is unknown.</summary>
    public void End()
    {
        foreach (var field in waiting.Keys) faults.Add(PathOf(field), $"There is no such field. Known: {string.Join(", ", known)}.");
        waiting.Clear();
    }

    internal static string Name<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private bool Take(string field, out JsonElement value)
    {
        known.Add(field);
        return waiting.Remove(field, out value);
    }
}
