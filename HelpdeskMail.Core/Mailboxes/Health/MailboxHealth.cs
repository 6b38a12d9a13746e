namespace HelpdeskMail.Core.Mailboxes.Health;

/// <summary>How a mailbox did (G12).</summary>
/// <param name="Day">The last 24 hours.</param>
/// <param name="Week">The last 7 days.</param>
/// <param name="Hours">The last 24 full hours and the current one, oldest first, those without anything too.</param>
public sealed record MailboxHealth(HealthFigures Day, HealthFigures Week, IReadOnlyList<HealthHour> Hours);

/// <param name="Mails">Mails whose way was measured.</param>
/// <param name="Latency">From the server's reception to the ticket; null without any mail.</param>
public sealed record HealthFigures(int Mails, Latency? Latency, int Fetches, int Failures);

public sealed record Latency(TimeSpan Median, TimeSpan P95);

/// <param name="Hour">Its beginning, UTC.</param>
public sealed record HealthHour(DateTime Hour, HealthFigures Figures);
