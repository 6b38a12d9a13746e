using HelpdeskMail.Core.Tickets;

namespace HelpdeskMail.Core.Replay;

/// <summary>Where a mail's message is now, and what has become of its ticket since.</summary>
/// <param name="IsWorkedOn">Somebody answered, noted or changed the ticket.</param>
/// <param name="IsAnswered">An answer or note came after it.</param>
/// <param name="Events">What of the ticket was changed since it was made, oldest first: queue, state, priority, owner, tags.</param>
/// <param name="Fields">The ticket's free fields.</param>
internal sealed record ReplayPlace(
    long MessageId, Ticket Ticket, bool IsWorkedOn, bool IsAnswered, IReadOnlyList<TicketEvent> Events, IReadOnlyList<string> Tags, IReadOnlyDictionary<string, string> Fields);
