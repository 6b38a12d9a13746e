using System.Text.Json.Nodes;
using HelpdeskMail.Core.Departments;

namespace HelpdeskMail.Core.Configuration;

/// <summary>An item of "departments", and of its "queues".</summary>
internal static class DepartmentSection
{
    public static JsonNode Write(Department department, IReadOnlyDictionary<long, string> accounts, IReadOnlyDictionary<long, string> domains, IReadOnlyDictionary<long, string> addresses) => new JsonObject
    {
        ["name"] = department.Name,
        ["outboundAccount"] = department.OutboundAccountId is { } account ? accounts.GetValueOrDefault(account) : null,
        ["aliasDomain"] = department.AliasDomainId is { } domain ? domains.GetValueOrDefault(domain) : null,
        ["queues"] = new JsonArray([.. department.Queues.OrderBy(queue => queue.Name, StringComparer.Ordinal).Select(queue => Write(queue, addresses))]),
    };

    public static void Read(JsonFields fields, DepartmentDraft draft, Func<string, string?, long?> account, Func<string, string?, long?> domain)
    {
        fields.Text("name", value => draft.Name = value);
        fields.TextOrNull("outboundAccount", value => draft.OutboundAccountId = account("outboundAccount", value));
        fields.TextOrNull("aliasDomain", value => draft.AliasDomainId = domain("aliasDomain", value));
    }

    public static void Read(JsonFields fields, QueueDraft draft, Action<string?> systemAddress)
    {
        fields.Text("name", value => draft.Name = value);
        fields.Text("color", value => draft.Color = value);
        fields.Choice<ClosedTicketPolicy>("closedTicketPolicy", value => draft.ClosedTicketPolicy = value);
        fields.TextOrNull("systemAddress", systemAddress);
        fields.End();
    }

    private static JsonObject Write(Queue queue, IReadOnlyDictionary<long, string> addresses) => new JsonObject
    {
        ["name"] = queue.Name,
        ["color"] = queue.Color,
        ["closedTicketPolicy"] = JsonFields.Name(queue.ClosedTicketPolicy),
        ["systemAddress"] = queue.SystemAddressId is { } address ? addresses.GetValueOrDefault(address) : null,
    };
}
