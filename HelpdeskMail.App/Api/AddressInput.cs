using System.Text.Json;
using System.Text.Json.Serialization;
using HelpdeskMail.Core.Tickets;

namespace HelpdeskMail.App.Api;

/// <summary>An address in a request: "ann@example.com", or an object with name and address.</summary>
[JsonConverter(typeof(Converter))]
internal sealed record AddressInput(MessageAddress Address)
{
    private sealed class Converter : JsonConverter<AddressInput>
    {
        public override AddressInput? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String) return new AddressInput(new MessageAddress(null, reader.GetString()!));
            return JsonSerializer.Deserialize<MessageAddress>(ref reader, options) is { Address: not null } address ? new AddressInput(address) : throw new JsonException("An address is missing.");
        }

        public override void Write(Utf8JsonWriter writer, AddressInput value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value.Address, options);
    }
}
