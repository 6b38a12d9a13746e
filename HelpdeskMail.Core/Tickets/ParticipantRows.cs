using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Tickets;

/// <summary>Collects who takes part in tickets (P7) and writes those who are new, in two statements however many there are.</summary>
internal sealed class ParticipantRows
{
    /// <summary>A mail to a whole company doesn't make a thousand people take part.</summary>
    private const int MaxOfOneMail = 50;

    private const int MaxName = 200;

    private readonly List<(Ticket Ticket, MessageAddress Address)> noted = [];

    public void Note(Ticket ticket, IEnumerable<MessageAddress> addresses) => noted.AddRange(addresses.Take(MaxOfOneMail).Select(address => (ticket, address)));

    /// <summary>When the tickets have their ids.</summary>
    public async Task SaveAsync(HelpdeskDb db, DateTime now, CancellationToken cancel)
    {
        if (noted.Count == 0) return;
        var ids = noted.Select(item => item.Ticket.Id).Distinct().ToArray();
        var there = (await db.TicketParticipants.Where(row => EF.Parameter(ids).Contains(row.TicketId)).Select(row => new { row.TicketId, row.Address })
            .Concat(db.Tickets.Where(ticket => EF.Parameter(ids).Contains(ticket.Id)).Select(ticket => new { TicketId = ticket.Id, ticket.Customer!.Address }))
            .ToListAsync(cancel)).Select(row => (row.TicketId, row.Address)).ToHashSet();
        var rows = noted.Where(item => there.Add((item.Ticket.Id, item.Address.Address)))
            .Select(item => new TicketParticipant { TicketId = item.Ticket.Id, Address = item.Address.Address, Name = item.Address.Name is { Length: > MaxName } name ? name[..MaxName] : item.Address.Name, AddedAt = now }).ToList();
        await BulkRows.InsertAsync(db, rows, cancel);
    }
}
