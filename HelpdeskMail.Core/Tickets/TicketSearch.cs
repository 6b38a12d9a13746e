using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Settings;

namespace HelpdeskMail.Core.Tickets;

/// <summary>A ticket filter and order as a query.</summary>
internal static class TicketSearch
{
    public static IQueryable<Ticket> Where(HelpdeskDb db, TicketFilter filter)
    {
        var tickets = db.Tickets.AsQueryable();
        if (filter.QueueId is { } queue) tickets = tickets.Where(ticket => ticket.QueueId == queue);
        if (!filter.AllStates)
        {
            TicketState[] states = filter.States.Count > 0 ? [.. filter.States] : [TicketState.New, TicketState.Open, TicketState.Pending];
            tickets = tickets.Where(ticket => states.Contains(ticket.State));
        }
        if (filter.Owner is { Length: > 0 } owner) tickets = owner == "none" ? tickets.Where(ticket => ticket.OwnerId == null) : tickets.Where(ticket => ticket.OwnerId == owner);
        if (filter.Customer is { Length: > 0 } customer)
        {
            var address = customer.Trim().ToLowerInvariant();
            tickets = tickets.Where(ticket => ticket.Customer!.Address == address);
        }
        return filter.Text?.Trim() is { Length: > 0 } text ? Containing(db, tickets, text) : tickets;
    }

    public static IOrderedQueryable<Ticket> Sort(IQueryable<Ticket> tickets, TicketFilter filter) => (filter.Sort, filter.Ascending) switch
    {
        (TicketSort.Updated, true) => tickets.OrderBy(ticket => ticket.UpdatedAt).ThenBy(ticket => ticket.Id),
        (TicketSort.Updated, false) => tickets.OrderByDescending(ticket => ticket.UpdatedAt).ThenByDescending(ticket => ticket.Id),

        // Numbers and creation times rise with the id, which needs no index of its own.
        (TicketSort.Created or TicketSort.Number, true) => tickets.OrderBy(ticket => ticket.Id),
        (TicketSort.Created or TicketSort.Number, false) => tickets.OrderByDescending(ticket => ticket.Id),
        (TicketSort.Subject, true) => tickets.OrderBy(ticket => ticket.Subject).ThenBy(ticket => ticket.Id),
        (TicketSort.Subject, false) => tickets.OrderByDescending(ticket => ticket.Subject).ThenByDescending(ticket => ticket.Id),
        (TicketSort.Priority, true) => tickets.OrderBy(ticket => ticket.Priority).ThenBy(ticket => ticket.Id),
        (TicketSort.Priority, false) => tickets.OrderByDescending(ticket => ticket.Priority).ThenByDescending(ticket => ticket.Id),
        (TicketSort.Customer, true) => tickets.OrderBy(ticket => ticket.Customer!.Name).ThenBy(ticket => ticket.Id),
        (TicketSort.Customer, false) => tickets.OrderByDescending(ticket => ticket.Customer!.Name).ThenByDescending(ticket => ticket.Id),
        _ => throw new ArgumentOutOfRangeException(nameof(filter)),
    };

    private static IQueryable<Ticket> Containing(HelpdeskDb db, IQueryable<Ticket> tickets, string text)
    {
        // "#100042" and "[#100042]" as people copy them from a subject: the unique index answers.
        if (TicketNumber.TryParse(text.Trim('[', ']', '#', ' '), out var number))
        {
            var exact = number.Value.Value;
            return tickets.Where(ticket => ticket.Number == exact);
        }
        var words = TextSearch.Words(text);
        if (words.Count == 0 || !MessageWords.IsSupported(db))
        {
            return tickets.Where(ticket =>
                TextSearch.Contains(ticket.Subject, text)
                || TextSearch.Contains(ticket.Customer!.Name, text)
                || TextSearch.Contains(ticket.Customer.Address, text)
                || db.TicketMessages.Any(message => message.TicketId == ticket.Id && TextSearch.Contains(message.Text, text)));
        }
        var customers = db.Customers.Where(customer => TextSearch.Contains(customer.Name, text) || TextSearch.Contains(customer.Address, text)).Select(customer => customer.Id);
        var found = MessageWords.Find(db, words).Join(db.TicketMessages, id => id, message => message.Id, (_, message) => message.TicketId)
            .Concat(NotIndexed(db, words).Select(message => message.TicketId))
            .Concat(db.Tickets.Where(ticket => customers.Contains(ticket.CustomerId)).Select(ticket => ticket.Id));
        return tickets.Where(ticket => found.Contains(ticket.Id));
    }

    /// <summary>Messages that the index doesn't have yet, with all the words somewhere.</summary>
    private static IQueryable<TicketMessage> NotIndexed(HelpdeskDb db, IReadOnlyList<string> words)
    {
        var messages = db.TicketMessages.Where(message => message.Id > db.Counters.Where(counter => counter.Name == Counter.MessageWords).Select(counter => counter.Value).First());
        foreach (var word in words)
        {
            messages = messages.Where(message => TextSearch.Contains(message.Text, word) || TextSearch.Contains(message.Subject, word)
                || TextSearch.Contains(message.FromAddress, word) || TextSearch.Contains(message.FromName, word));
        }
        return messages;
    }
}
