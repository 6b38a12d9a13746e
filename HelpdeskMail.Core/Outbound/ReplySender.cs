namespace HelpdeskMail.Core.Outbound;

/// <summary>Who a ticket's reply goes out as, and why.</summary>
/// <param name="Why">A sentence for the page: which rule of the reply route applied.</param>
public sealed record ReplySender(long OutboundAccountId, string Account, string Address, string DisplayName, string Why);
