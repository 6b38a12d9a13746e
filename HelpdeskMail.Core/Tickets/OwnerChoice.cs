namespace HelpdeskMail.Core.Tickets;

public sealed record OwnerChoice(string Id, string Name);
