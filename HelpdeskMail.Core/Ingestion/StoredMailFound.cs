namespace HelpdeskMail.Core.Ingestion;

/// <summary>A stored mail in a list to pick from.</summary>
public sealed record StoredMailFound(long Id, DateTime At, string Subject, string Sender, string? TicketNumber);

/// <param name="SearchedTo">Older mail was not looked through; null: all was, or there is enough.</param>
public sealed record StoredMailSearch(IReadOnlyList<StoredMailFound> Items, DateTime? SearchedTo);
