using HelpdeskMail.Core.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace HelpdeskMail.App.Composition;

/// <summary>Sends the metrics to a collector by OTLP, where one is named. All of OpenTelemetry's own OTEL_ settings hold, from the environment or from the
/// settings file: protocol, headers, interval, resource attributes.</summary>
internal sealed class MetricsExport(IConfiguration configuration, IServiceProvider services) : IHostedService, IDisposable
{
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private MeterProvider? provider;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<HelpdeskMetrics>(); // its instruments are there before the first export
        provider = Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(own => own.AddSingleton(configuration))
            .ConfigureResource(resource => resource.AddService("helpdesk", serviceVersion: typeof(MetricsExport).Assembly.GetName().Version?.ToString(3), serviceInstanceId: Environment.MachineName))
            .AddMeter(HelpdeskMetrics.MeterName, "Quartz", "System.Runtime", "Microsoft.AspNetCore.Hosting")
            .AddOtlpExporter()
            .Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(() => provider?.Shutdown(5000), cancellationToken); // sends what is left

    public void Dispose() => provider?.Dispose();
}
