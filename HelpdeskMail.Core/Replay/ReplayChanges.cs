using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Tickets;

namespace HelpdeskMail.Core.Replay;

/// <summary>
/// Compares what filters and trusted commands made of a ticket with what they would make of it today. How they made it is what the ticket has, or, where it
/// was changed since, what the first change replaced. What anybody has changed since is left alone.
/// </summary>
internal static class ReplayChanges
{
    public const string Queue = "queue";
    public const string State = "state";
    public const string Priority = "priority";
    public const string Owner = "owner";
    public const string Tags = "tags";
    public const string Field = "field ";

    public static readonly string[] Kinds = [Queue, State, Priority, Owner, Tags];

    /// <param name="context">The mail decided again.</param>
    /// <param name="place">The ticket that the mail made.</param>
    /// <param name="users">Names by user id.</param>
    public static IReadOnlyList<ReplayChange> Of(RoutingContext context, ReplayPlace place, IReadOnlyDictionary<string, string> users)
    {
        var (ticket, wanted) = (place.Ticket, context.Wanted);
        if (ticket.State == TicketState.Merged) return [];
        var changes = new List<ReplayChange>();
        Compare(State, ticket.State.ToString(), (wanted.State ?? TicketState.New).ToString());
        Compare(Priority, ticket.Priority.ToString(), (wanted.Priority ?? TicketPriority.Normal).ToString());
        Compare(Owner, Name(ticket.OwnerId), Name(wanted.OwnerId));
        Compare(Tags, Join(place.Tags), Join(wanted.Tags));
        foreach (var name in place.Fields.Keys.Union(wanted.Fields.Keys, StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase))
        {
            if (place.Fields.GetValueOrDefault(name) is var was && wanted.Fields.GetValueOrDefault(name) is var would && was != would) changes.Add(new(Field + name, was, would, null));
        }
        return changes;

        void Compare(string field, string? now, string? would)
        {
            var since = place.Events.Where(line => line.Kind == field).ToList();
            var was = since.Count > 0 ? since[0].From : now;
            if (string.IsNullOrEmpty(was)) was = null;
            if (was != would) changes.Add(new(field, was, would, since.Count == 0 ? Moved(field, place) : Changed(since[^1])));
        }

        string? Name(string? id) => id is null ? null : users.GetValueOrDefault(id) ?? id;
    }

    /// <summary>As a ticket's history has it.</summary>
    private static string? Join(IEnumerable<string> tags) => string.Join(", ", tags.Order(StringComparer.Ordinal)) is { Length: > 0 } all ? all : null;

    private static string Changed(TicketEvent last) => last.ActorName == Actor.System.Name ? "It has changed since." : $"{last.ActorName} has changed it since.";

    /// <summary>An answer says something about the state even where it left it as it was.</summary>
    private static string? Moved(string field, ReplayPlace place) => field == State && place.IsAnswered ? $"Ticket {place.Ticket.Number} was answered already." : null;
}
