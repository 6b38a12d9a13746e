using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Mailboxes;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HelpdeskMail.App.Composition;

/// <summary>/healthz/live: the process answers. /healthz/ready: database reachable and up to date, scheduler running; "degraded" (and still 200: pages can
/// be read, and another start would mend nothing) while fetches can't be written down.</summary>
internal static class Health
{
    private const string Ready = "ready";

    public static void AddHealth(this IServiceCollection services) => services.AddHealthChecks()
        .AddCheck<DatabaseHealth>("database", tags: [Ready], timeout: TimeSpan.FromSeconds(10))
        .AddCheck<StorageHealth>("storage", tags: [Ready], timeout: TimeSpan.FromSeconds(10));

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/healthz/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }).AllowAnonymous();
        routes.MapHealthChecks("/healthz/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready), ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    /// <summary>Anybody may read it, so it says which part is ill and not why; that is in the log.</summary>
    private static Task WriteAsync(HttpContext http, HealthReport report) =>
        http.Response.WriteAsJsonAsync(new { status = report.Status.ToString().ToLowerInvariant(), checks = report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Status.ToString().ToLowerInvariant()) }, http.RequestAborted);

    private sealed class DatabaseHealth(DatabaseMigrator migrator) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            var pending = await migrator.PendingAsync(cancellationToken);
            return pending.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy($"Migrations are missing: {string.Join(", ", pending)}");
        }
    }

    private sealed class StorageHealth(MailboxDirectory mailboxes) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            await mailboxes.UnwrittenAsync(cancellationToken) is > 0 and var count ? HealthCheckResult.Degraded($"The database takes no writes: {count} mailboxes could not report.") : HealthCheckResult.Healthy();
    }
}
