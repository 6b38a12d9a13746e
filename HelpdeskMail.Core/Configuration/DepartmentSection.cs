using System.Text.Json.Nodes;
using HelpdeskMail.Core.Departments;

namespace HelpdeskMail.Core.Configuration;

/// <summary>An item of "departments", and of its "queues".</summary>
internal static class DepartmentSection
{
    public static JsonNode Write(Department department, IReadOnlyDictionary<long, string> accounts) => new JsonObject
    {
        ["name"] = department.Name,
        ["outboundAccount"] = department.OutboundAccountId is { } account ? accounts.GetValueOrDefault(account) : null,
        ["queues"] = new JsonArray([.. department.Queues.OrderBy(queue => queue.Name, StringComparer.Ordinal).Select(Write)]),
    };

    public static void Read(JsonFields fields, DepartmentDraft draft, Func<string, string?, long?> account)
    {
        fields.Text("name", value => draft.Name = value);
        fields.TextOrNull("outboundAccount", value => draft.OutboundAccountId = account("outboundAccount", value));
    }

    public static void Read(JsonFields fields, QueueDraft draft)
    {
        fields.Text("name", value => draft.Name = value);
        fields.Text("color", value => draft.Color = value);
        fields.Choice<ClosedTicketPolicy>("closedTicketPolicy", value => draft.ClosedTicketPolicy = value);
        fields.End();
    }

    private static JsonNode Write(Queue queue) => new JsonObject
    {
        ["name"] = queue.Name,
        ["color"] = queue.Color,
        ["closedTicketPolicy"] = JsonFields.Name(queue.ClosedTicketPolicy),
    };
}
