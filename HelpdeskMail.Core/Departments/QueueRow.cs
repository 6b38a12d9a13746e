namespace HelpdeskMail.Core.Departments;

/// <param name="OpenTickets">Tickets that are neither closed nor merged.</param>
/// <param name="Mailboxes">Names of the mailboxes whose default queue it is.</param>
/// <param name="CreationAddress">The alias that mail can be forwarded to so that it becomes a ticket here (D8); null: it has none.</param>
/// <param name="SystemAddress">The address set for it to send from; null: none.</param>
public sealed record QueueRow(
    long Id, string Name, string Color, ClosedTicketPolicy ClosedTicketPolicy, int OpenTickets, IReadOnlyList<string> Mailboxes, string? CreationAddress, string? SystemAddress);
