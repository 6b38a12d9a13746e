using HelpdeskMail.Core.Routing.Filters;

namespace HelpdeskMail.Core.Ingestion.Steps;

/// <summary>Takes X-Helpdesk-* headers for commands where the mailbox is trusted; from any other they count for nothing, neither here nor in filters (O6).</summary>
internal sealed class TrustStep : IRoutingStep
{
    private const string DynamicField = "DynamicField-";

    public string Name => "trust";

    public Decision? Decide(RoutingContext context)
    {
        var headers = context.Mail.Headers.Where(header => header.Name.StartsWith(FilterMail.CommandPrefix, StringComparison.OrdinalIgnoreCase)).ToList();
        if (headers.Count == 0)
        {
            context.Say("pass", "no X-Helpdesk headers");
            return null;
        }
        var mailbox = context.Config.Mailbox(context.Incoming.MailboxId);
        if (mailbox is not { Trusted: true })
        {
            context.Say("stripped", $"{headers.Count} X-Helpdesk header(s) count for nothing: {(mailbox is null ? "it came through no mailbox" : $"mailbox \"{mailbox.Name}\" is not trusted")}");
            return null;
        }
        foreach (var header in headers)
        {
            var (name, value) = (header.Name[FilterMail.CommandPrefix.Length..], MailText.Line(header.Value, 2000));
            context.Commands[header.Name] = value;
            if (Command(context, name, value) is { } done) context.Say("command", $"{header.Name}: {value} → {done}");
        }
        return context.IgnoredBy(Name);
    }

    private static string? Command(RoutingContext context, string name, string value) => name.ToLowerInvariant() switch
    {
        "queue" => TicketWishes.Apply(context, FilterActions.Queue, value),
        "state" => TicketWishes.Apply(context, FilterActions.State, value),
        "priority" => TicketWishes.Apply(context, FilterActions.Priority, value),
        "ignore" => TicketWishes.Apply(context, FilterActions.Ignore, value),
        "loop" => TicketWishes.Apply(context, FilterActions.NoAutoReply, value),
        "customeruser" => TicketWishes.Apply(context, FilterActions.Customer, value),
        "customerno" => TicketWishes.Field(context, "CustomerNo", value),
        _ when name.StartsWith(DynamicField, StringComparison.OrdinalIgnoreCase) && name.Length > DynamicField.Length => TicketWishes.Field(context, name[DynamicField.Length..], value),
        _ => null, // any other is there for filters to ask about
    };
}
