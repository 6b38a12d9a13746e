using HelpdeskMail.App.Composition;
using HelpdeskMail.Core.Data;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;
using Quartz;

namespace HelpdeskMail.App.Jobs;

internal static class JobsRegistration
{
    public const string SchedulerName = "helpdesk";

    /// <summary>Mailboxes that one node works on at the same time.</summary>
    private const int Fetches = 8;

    public static void AddJobs(this IServiceCollection services, HelpdeskSettings settings)
    {
        var database = settings.Database;
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = SchedulerName;
                scheduler.GenerateInstanceId = true;
                scheduler.IdleWaitTime = TimeSpan.FromSeconds(10);
                scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
            });
            quartz.UseDefaultThreadPool(Fetches + 4);
            quartz.UseExecutionLimits(limits => limits.ForGroup(JobKeys.FetchGroup, Fetches));
            if (!settings.JobsEnabled) quartz.RefuseExecutionGroups(JobKeys.FetchGroup);
            quartz.UsePersistentStore(store =>
            {
                _ = database.Provider switch
                {
                    DatabaseProvider.Sqlite => store.UseSqlite(SqliteFactory.Instance, database.ConnectionString).ProvisionSchema(),
                    DatabaseProvider.PostgreSql => store.UsePostgres(NpgsqlFactory.Instance, database.ConnectionString).ProvisionSchema(),
                    DatabaseProvider.SqlServer => store.UseSqlServer(SqlClientFactory.Instance, database.ConnectionString),
                    _ => throw new ArgumentOutOfRangeException(nameof(settings)),
                };
                if (database.Provider != DatabaseProvider.Sqlite) store.UseClustering();
                store.UseExecutionHistory();
                store.ConfigureStore(options => options.StoreJobDataAsStrings = true);
            });
            quartz.AddQuartzHealthChecks(health => health.Tags.Add("ready"));
        });
        services.AddQuartzExecutionHistory(history =>
        {
            history.Retention = TimeSpan.FromDays(30);
            history.RetentionByResult[JobRunResult.Skipped] = TimeSpan.FromHours(6);
        });

        // Asked to stop, a job ends at its next await; the host's own limit bounds the wait.
        services.AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true);
        services.AddSingleton<JobSchedule>();
        services.AddHostedService(provider => provider.GetRequiredService<JobSchedule>());
        if (settings.JobsEnabled) services.AddHostedService<PushMail>();
        services.AddHostedService<OutboxSignal>();
        services.AddSingleton<StoredMailSignal>();
        services.AddHostedService(provider => provider.GetRequiredService<StoredMailSignal>());
        services.AddSingleton<JobsMonitor>();
    }
}
