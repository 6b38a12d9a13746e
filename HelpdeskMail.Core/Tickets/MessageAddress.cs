namespace HelpdeskMail.Core.Tickets;

/// <summary>An address as it stood in a message.</summary>
public sealed record MessageAddress(string? Name, string Address);
