using System.Globalization;
using HelpdeskMail.Core.Routing.Filters;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Mail.Addresses;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>Carries out one wish of a filter or of a command header on the context. Gives the words for the trace; a wish that can't be met is said and passed over.</summary>
internal static class TicketWishes
{
    private const int MaxTag = 100;
    private const int MaxField = 2000;

    public static string Apply(RoutingContext context, string set, string value)
    {
        var wanted = context.Wanted;
        switch (set)
        {
            case FilterActions.Queue:
                if (context.Config.QueueNamed(value) is not { } queue) return $"queue \"{value}\" is not there";
                context.FilterQueueId = queue.Id;
                return $"queue {queue.Name}";
            case FilterActions.Priority:
                if (!Enum.TryParse<TicketPriority>(value, ignoreCase: true, out var priority) || !Enum.IsDefined(priority)) return $"priority \"{value}\" is not known";
                wanted.Priority = priority;
                return string.Create(CultureInfo.InvariantCulture, $"priority {priority}");
            case FilterActions.State:
                if (!Enum.TryParse<TicketState>(value, ignoreCase: true, out var state) || state is TicketState.Merged || !Enum.IsDefined(state)) return $"state \"{value}\" is not known";
                wanted.State = state;
                return string.Create(CultureInfo.InvariantCulture, $"state {state}");
            case FilterActions.Owner:
                if (context.Config.UserOf(value) is not { } owner) return $"owner \"{value}\" is no user";
                wanted.OwnerId = owner;
                return $"owner {value}";
            case FilterActions.Customer:
                if (!MailAddress.TryParse(value, out var customer)) return $"customer \"{value}\" is no address";
                wanted.Customer = new MessageAddress(customer.DisplayName, customer.NormalizedAddress);
                return $"customer {customer.NormalizedAddress}";
            case FilterActions.Tag:
                if (MailText.Line(value, MaxTag) is not { Length: > 0 } tag) return "an empty tag";
                wanted.Tags.Add(tag);
                return $"tag {tag}";
            case FilterActions.Ignore:
                context.Ignored = FilterActions.IsOn(value);
                return context.Ignored ? "ignore it" : "don't ignore it";
            case FilterActions.NoAutoReply:
                context.NoAutoReply = FilterActions.IsOn(value);
                return context.NoAutoReply ? "no automatic answer" : "automatic answers";
            default:
                throw new InvalidOperationException($"Unknown wish {set}.");
        }
    }

    public static string Field(RoutingContext context, string name, string value)
    {
        context.Wanted.Fields[MailText.Line(name, MaxTag)] = MailText.Line(value, MaxField);
        return $"field {MailText.Line(name, MaxTag)}: {MailText.Line(value, MaxField)}";
    }
}
