using HelpdeskMail.Core.Routing.Filters;

namespace HelpdeskMail.Core.Ingestion.Steps;

/// <summary>Runs the filters (O5). They stand before "follow-up", so that "ignore" and "no automatic answer" hold for replies, too; what they say of queue,
/// priority and the like holds for new tickets, above what the addresses say.</summary>
internal sealed class FilterStep : IRoutingStep
{
    public string Name => "filters";

    public Decision? Decide(RoutingContext context)
    {
        context.Matched = [];
        if (context.Config.Filters.IsEmpty)
        {
            context.Say("pass", "there are no filters");
            return null;
        }
        foreach (var matching in context.Config.Filters.Run(context.Mail, context.Trust, context.Commands))
        {
            context.Matched.Add(matching);
            var done = matching.Filter.Actions.Select(action => Act(context, action.Set, matching.Fill(action.Value)));
            context.Say("matched", $"\"{matching.Filter.Name}\", because {matching.Because}: {string.Join(", ", done)}{(matching.Filter.Stop ? "; no further filter is tried" : "")}");
        }
        if (context.Matched.Count == 0) context.Say("pass", "none matches");
        return context.IgnoredBy(Name);
    }

    private static string Act(RoutingContext context, string set, string value)
    {
        if (set.StartsWith(FilterActions.Field, StringComparison.OrdinalIgnoreCase))
        {
            var field = set[FilterActions.Field.Length..];
            context.Commands[CommandHeaders.FieldHeader(field)] = value;
            return TicketWishes.Field(context, field, value);
        }
        if (!set.StartsWith(FilterActions.Header, StringComparison.OrdinalIgnoreCase)) return TicketWishes.Apply(context, set, value);
        var name = set[FilterActions.Header.Length..];
        context.Commands[name] = value;
        return CommandHeaders.Apply(context, name, value) is { } done ? $"{name}: {value} → {done}" : $"{name}: {value}";
    }
}
