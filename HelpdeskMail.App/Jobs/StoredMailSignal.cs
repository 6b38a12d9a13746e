using HelpdeskMail.Core;
using HelpdeskMail.Core.Ingestion;

namespace HelpdeskMail.App.Jobs;

/// <summary>Decides mail that was pushed in as soon as it is stored; one at a time, however many come.</summary>
internal sealed partial class StoredMailSignal(MailProcessor processor, ILogger<StoredMailSignal> logger) : BackgroundService
{
    private readonly Signal stored = new();

    public void Set() => stored.Set();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await stored.WaitAsync(TimeSpan.FromHours(1), stoppingToken);
                try
                {
                    await processor.ProcessWaitingAsync(stoppingToken);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // The job of the same name comes by within the minute.
                    Failed(e);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    [LoggerMessage(LogLevel.Error, "Stored mail could not be decided; it is tried again")]
    private partial void Failed(Exception e);
}
