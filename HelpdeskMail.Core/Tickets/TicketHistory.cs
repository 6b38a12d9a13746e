using HelpdeskMail.Core.Access;

namespace HelpdeskMail.Core.Tickets;

/// <summary>Lines of a ticket's history that people cause.</summary>
internal static class TicketHistory
{
    public static TicketEvent Line(Ticket ticket, Actor actor, string kind, string? from, string? to, DateTime now) =>
        new() { TicketId = ticket.Id, At = now, ActorId = actor.Id, ActorName = actor.Name, Kind = kind, From = from, To = to };
}
