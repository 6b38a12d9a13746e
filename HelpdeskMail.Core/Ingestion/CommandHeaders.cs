using HelpdeskMail.Core.Routing.Filters;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>The X-Helpdesk-* headers that are commands (O6): of a trusted mailbox's mail, or set by a filter.</summary>
internal static class CommandHeaders
{
    private const string DynamicField = "DynamicField-";

    /// <summary>The header by which a ticket's field is set and asked for.</summary>
    public static string FieldHeader(string field) => $"{FilterMail.CommandPrefix}{DynamicField}{field}";

    /// <param name="header">The whole name.</param>
    /// <returns>What was done, for the trace; null: it is no command, and there for filters to ask about.</returns>
    public static string? Apply(RoutingContext context, string header, string value)
    {
        if (!header.StartsWith(FilterMail.CommandPrefix, StringComparison.OrdinalIgnoreCase)) return null;
        var name = header[FilterMail.CommandPrefix.Length..];
        return name.ToLowerInvariant() switch
        {
            "queue" => TicketWishes.Apply(context, FilterActions.Queue, value),
            "state" => TicketWishes.Apply(context, FilterActions.State, value),
            "priority" => TicketWishes.Apply(context, FilterActions.Priority, value),
            "ignore" => TicketWishes.Apply(context, FilterActions.Ignore, value),
            "loop" => TicketWishes.Apply(context, FilterActions.NoAutoReply, value),
            "customeruser" => TicketWishes.Apply(context, FilterActions.Customer, value),
            "customerno" => TicketWishes.Field(context, "CustomerNo", value),
            _ when name.StartsWith(DynamicField, StringComparison.OrdinalIgnoreCase) && name.Length > DynamicField.Length => TicketWishes.Field(context, name[DynamicField.Length..], value),
            _ => null,
        };
    }
}
