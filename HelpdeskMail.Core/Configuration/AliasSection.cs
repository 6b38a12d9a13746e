using System.Text.Json.Nodes;
using HelpdeskMail.Core.Routing.Addresses;

namespace HelpdeskMail.Core.Configuration;

/// <summary>An item of "aliases".</summary>
internal static class AliasSection
{
    public static JsonNode Write(Alias alias, IReadOnlyDictionary<long, string> domains, IReadOnlyDictionary<long, string> queues) => new JsonObject
    {
        ["localPart"] = alias.LocalPart,
        ["domain"] = domains.GetValueOrDefault(alias.AliasDomainId),
        ["queue"] = queues.GetValueOrDefault(alias.QueueId),
        ["localPartDetection"] = alias.LocalPartDetection,
        ["whoMayWrite"] = JsonFields.Name(alias.WhoMayWrite),
        ["refusal"] = alias.Refusal,
    };

    public static void Read(JsonFields fields, AliasDraft draft, Func<string, string?, long?> queue)
    {
        fields.Text("localPart", value => draft.LocalPart = value);
        fields.Text("domain", _ => { }); // the alias was found by it
        fields.Text("queue", value => draft.QueueId = queue("queue", value));
        fields.Flag("localPartDetection", value => draft.LocalPartDetection = value);
        fields.Choice<WhoMayWrite>("whoMayWrite", value => draft.WhoMayWrite = value);
        fields.TextOrNull("refusal", value => draft.Refusal = value);
        fields.End();
    }
}
