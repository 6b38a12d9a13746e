using Quartz;

namespace HelpdeskMail.App.Jobs;

/// <summary>A recurring job as it should be.</summary>
internal sealed record WantedJob(JobKey Key, Type Type, string? Name, TimeSpan Every, DateTimeOffset First, string? MailboxId = null)
{
    public IJobDetail ToDetail()
    {
        // What a crash broke off goes on at the next start (or on another node), not only when it is due again.
        var job = JobBuilder.Create<IJob>().OfType(Type).WithIdentity(Key).WithDescription(Name ?? "").StoreDurably().DisallowConcurrentExecution().RequestRecovery();
        return (MailboxId is null ? job : job.UsingJobData(JobKeys.MailboxData, MailboxId)).Build();
    }

    public ITrigger ToTrigger()
    {
        // Missed runs are made up by one: mail doesn't get lost by fetching late.
        var trigger = TriggerBuilder.Create().WithIdentity(JobKeys.TriggerOf(Key)).ForJob(Key).StartAt(First)
            .WithSchedule(SimpleScheduleBuilder.Create().WithInterval(Every).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.FireNow));
        return (Key.Group == JobKeys.FetchGroup ? trigger.WithExecutionGroup(JobKeys.FetchGroup) : trigger).Build();
    }
}
