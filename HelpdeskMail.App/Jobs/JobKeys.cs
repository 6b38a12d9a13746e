using System.Globalization;
using Quartz;

namespace HelpdeskMail.App.Jobs;

/// <summary>How the scheduler knows our jobs: one per mailbox in the group "fetch", the house's own in "system". A trigger is called as its job.</summary>
internal static class JobKeys
{
    public const string FetchGroup = "fetch";
    public const string SystemGroup = "system";
    public const string MailboxData = "mailbox";
    public const string ManualData = "manual";

    public static readonly JobKey SendOutbox = new("send-outbox", SystemGroup);
    public static readonly JobKey ProcessStored = new("process-stored-mail", SystemGroup);
    public static readonly JobKey IndexMessages = new("index-messages", SystemGroup);
    public static readonly JobKey PurgeLog = new("purge-communication-log", SystemGroup);

    public static JobKey Mailbox(long id) => new(id.ToString(CultureInfo.InvariantCulture), FetchGroup);

    public static TriggerKey TriggerOf(JobKey job) => new(job.Name, job.Group);

    public static string IdOf(JobKey job) => $"{job.Group}/{job.Name}";

    public static JobKey? Parse(string id) => id.Split('/') is [FetchGroup or SystemGroup, { Length: > 0 }] parts ? new JobKey(parts[1], parts[0]) : null;
}
