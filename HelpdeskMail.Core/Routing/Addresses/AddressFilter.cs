namespace HelpdeskMail.Core.Routing.Addresses;

/// <summary>Which aliases or system addresses to list.</summary>
/// <param name="Text">Part of the address, of the queue's name or, with system addresses, of name and comment; null: all.</param>
/// <param name="DomainId">Aliases of this alias domain alone; null: of all.</param>
/// <param name="Page">1-based.</param>
public sealed record AddressFilter(string? Text = null, long? DomainId = null, int Page = 1, int PageSize = 50);
