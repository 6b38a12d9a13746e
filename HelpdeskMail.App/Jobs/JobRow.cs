namespace HelpdeskMail.App.Jobs;

/// <summary>A recurring job as the Jobs page shows it.</summary>
/// <param name="Id">What run, pause, resume and history take.</param>
/// <param name="Name">The mailbox's name for a fetch; null for the house's own jobs.</param>
/// <param name="Last">The last run that did something; null before the first.</param>
/// <param name="Running">Null: not running now.</param>
/// <param name="NextRunAt">UTC; null while paused.</param>
/// <param name="Here">False: this process does not run it by itself (Jobs:Enabled is false); another one may.</param>
internal sealed record JobRow(string Id, JobKind Kind, string? Name, long? MailboxId, TimeSpan Every, JobRun? Last, DateTime? NextRunAt, bool Paused, string? PausedBy, RunningJob? Running, bool Here);

internal enum JobKind
{
    FetchMailbox,
    SendOutbox,
    ProcessStoredMail,
    IndexMessages,
    PurgeCommunicationLog,
}

/// <param name="Percent">0 to 100; null where the job doesn't say.</param>
internal sealed record RunningJob(DateTime Since, int? Percent, string? Text, string Node);
