namespace HelpdeskMail.App.Jobs;

/// <summary>A run that is over.</summary>
/// <param name="Text">What came of it, or why it failed.</param>
/// <param name="Manual">Somebody ran it by hand.</param>
internal sealed record JobRun(string JobId, JobKind Kind, string? Name, DateTime StartedAt, TimeSpan Duration, JobResult Result, string? Text, string Node, bool Manual);

internal enum JobResult
{
    Succeeded,
    Failed,
    Cancelled,
    Skipped,
}
