namespace HelpdeskMail.Core.Tickets;

/// <summary>A ticket that was merged into another.</summary>
public sealed record MergedTicket(long Id, string Number, string Subject);
