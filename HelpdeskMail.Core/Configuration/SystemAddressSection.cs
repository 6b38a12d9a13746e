using System.Text.Json.Nodes;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Routing.Addresses;

namespace HelpdeskMail.Core.Configuration;

/// <summary>An item of "systemAddresses".</summary>
internal static class SystemAddressSection
{
    public static JsonNode Write(SystemAddress address, IReadOnlyDictionary<long, string> queues) => new JsonObject
    {
        ["address"] = address.Address,
        ["displayName"] = address.DisplayName,
        ["queue"] = queues.GetValueOrDefault(address.QueueId),
        ["validity"] = JsonFields.Name(address.Validity),
        ["comment"] = address.Comment,
    };

    public static void Read(JsonFields fields, SystemAddressDraft draft, Func<string, string?, long?> queue)
    {
        fields.Text("address", value => draft.Address = value);
        fields.Text("displayName", value => draft.DisplayName = value);
        fields.Text("queue", value => draft.QueueId = queue("queue", value));
        fields.Choice<Validity>("validity", value => draft.Validity = value);
        fields.Text("comment", value => draft.Comment = value);
        fields.End();
    }
}
