using HelpdeskMail.App.Components.Pages.Account;
using HelpdeskMail.App.Jobs;
using HelpdeskMail.Core.Data;

namespace HelpdeskMail.App.Composition;

/// <summary>What must be done before the first request: the database up to date.</summary>
internal sealed class Startup(IServiceProvider services, HelpdeskSettings settings) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DatabaseMigrator>().MigrateAsync(cancellationToken);
        if (settings.Database.Provider == DatabaseProvider.SqlServer) await QuartzSchema.CreateOnSqlServerAsync(settings.Database.ConnectionString, cancellationToken);
    }

    public async Task StartedAsync(CancellationToken cancellationToken) => await services.GetRequiredService<Claim>().OfferAsync();

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
