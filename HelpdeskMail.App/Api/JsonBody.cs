using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using HelpdeskMail.Core;

namespace HelpdeskMail.App.Api;

/// <summary>A JSON object from a request, with every fault in it: unknown fields and wrong types, each by name.</summary>
internal sealed class JsonBody<T>
    where T : class, new()
{
    private readonly HashSet<string> present = new(StringComparer.Ordinal);

    private JsonBody(IResult? refusal) => Refusal = refusal;

    public T Value { get; } = new();

    /// <summary>What to answer where the body can't be used; null: it can.</summary>
    public IResult? Refusal { get; private set; }

    /// <summary>Whether the field was there, be it null.</summary>
    public bool Has(string field) => present.Contains(field);

    /// <summary>As <see cref="ReadAsync"/>, but no body at all says nothing that would have to be refused.</summary>
    public static Task<JsonBody<T>> ReadIfAnyAsync(HttpRequest request, CancellationToken cancel) =>
        request.ContentLength is > 0 || request.ContentType is not null ? ReadAsync(request, cancel) : Task.FromResult(new JsonBody<T>(null));

    public static async Task<JsonBody<T>> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        if (!request.HasJsonContentType()) return new(ApiProblems.Of(StatusCodes.Status415UnsupportedMediaType, "Unsupported media type", "Send application/json."));
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancel);
            var body = new JsonBody<T>(null);
            body.Fill(document.RootElement);
            return body;
        }
        catch (JsonException e)
        {
            return new(ApiProblems.Of(StatusCodes.Status400BadRequest, "The body is not JSON", e.Message));
        }
    }

    private void Fill(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            Refusal = ApiProblems.Invalid("", "The body must be a JSON object.");
            return;
        }

        var faults = new Faults();
        var known = HelpdeskJson.Options.GetTypeInfo(typeof(T)).Properties.ToDictionary(property => property.Name, StringComparer.Ordinal);
        foreach (var field in root.EnumerateObject())
        {
            if (!known.TryGetValue(field.Name, out var property)) faults.Add(field.Name, "There is no such field.");
            else if (!present.Add(field.Name)) faults.Add(field.Name, "The field is there twice.");
            else Set(property, field.Value, faults);
        }

        if (faults.Any) Refusal = ApiProblems.Invalid(faults.ToDictionary());
    }

    private void Set(JsonPropertyInfo property, JsonElement value, Faults faults)
    {
        if (value.ValueKind == JsonValueKind.Null && !property.IsSetNullable)
        {
            faults.Add(property.Name, "The field can't be null.");
            return;
        }

        try
        {
            property.Set!(Value, value.Deserialize(property.PropertyType, HelpdeskJson.Options));
        }
        catch (JsonException e)
        {
            // e.Path is below the field: "$[0].base64".
            var path = property.Name + (e.Path is { Length: > 1 } below ? below[1..] : "");
            faults.Add(path, Expected(property.PropertyType, e));
        }
        catch (FormatException e)
        {
            faults.Add(property.Name, e.Message);
        }
    }

    private static string Expected(Type type, JsonException e)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsEnum) return $"The value must be one of {string.Join(", ", Enum.GetNames(plain).Select(JsonNamingPolicy.CamelCase.ConvertName))}.";
        if (plain == typeof(string)) return "The value must be a string.";
        if (plain == typeof(bool)) return "The value must be true or false.";
        if (plain == typeof(int) || plain == typeof(long)) return "The value must be a whole number.";
        return e.Message.Contains("could not be mapped", StringComparison.Ordinal) ? "There is no such field." : "The value has the wrong form.";
    }
}
