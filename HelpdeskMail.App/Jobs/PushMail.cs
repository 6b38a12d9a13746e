using HelpdeskMail.Core.Fetching.Push;

namespace HelpdeskMail.App.Jobs;

/// <summary>Mail comes as soon as its server has it, beside the fetches of the schedule.</summary>
internal sealed class PushMail(MailboxWatches watches) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => watches.RunAsync(stoppingToken);
}
