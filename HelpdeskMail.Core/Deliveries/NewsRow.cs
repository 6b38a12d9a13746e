namespace HelpdeskMail.Core.Deliveries;

/// <summary>News of a sent mail in a list.</summary>
/// <param name="Author">Who had sent the mail, by name; null: the program, or nobody known.</param>
public sealed record NewsRow(DeliveryNews News, string? TicketNumber, string? TicketSubject, string? Author);

/// <param name="Next">Where to go on; null: that was all.</param>
/// <param name="SearchedTo">Searching took long and stopped there; more may follow.</param>
public sealed record NewsPart(IReadOnlyList<NewsRow> Items, long? Next, DateTime? SearchedTo);
