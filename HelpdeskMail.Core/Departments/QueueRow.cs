namespace HelpdeskMail.Core.Departments;

/// <param name="OpenTickets">Tickets that are neither closed nor merged.</param>
/// <param name="Mailboxes">Names of the mailboxes whose default queue it is.</param>
public sealed record QueueRow(long Id, string Name, string Color, ClosedTicketPolicy ClosedTicketPolicy, int OpenTickets, IReadOnlyList<string> Mailboxes);
