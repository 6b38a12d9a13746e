namespace HelpdeskMail.Core.Mailboxes;

/// <summary>What the schedule has to know of a mailbox.</summary>
public sealed record ScheduledMailbox(long Id, string Name, int IntervalMinutes, DateTime? LastFetchAt);
