using System.Diagnostics;
using System.Text.Json;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using Microsoft.Extensions.DependencyInjection;

namespace HelpdeskMail.Bench;

/// <summary>
/// The fetch without a server: mails from memory through ledger, store and decision into a fresh SQLite file. Shows our own share of a fetch, in
/// processor time too, which says something even on a busy machine. The first tenth warms up and is not counted.
/// With BENCH_COMMANDS set, the database commands and their times are listed.
/// </summary>
internal static class ProcessLoad
{
    public static async Task<int> RunAsync(int count)
    {
        var directory = Directory.CreateTempSubdirectory("helpdesk-bench-").FullName;
        try
        {
            await using var services = Services(directory);
            await services.GetRequiredService<DatabaseMigrator>().MigrateAsync();
            var (_, mailbox) = await BenchServices.SetUpAsync(services, "support");
            var folder = services.GetRequiredService<MemoryFolder>();
            folder.Put(LoadMails.Generate(Math.Max(count / 10, 300), seed: 2));
            await FetchAsync(services, mailbox);

            folder.Put(LoadMails.Generate(count, seed: 1));
            var times = Environment.GetEnvironmentVariable("BENCH_COMMANDS") is null ? null : CommandTimes.Start();
            GC.Collect();
            using var process = Process.GetCurrentProcess();
            var (cpu, allocated, started) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes(), Stopwatch.GetTimestamp());
            var result = await FetchAsync(services, mailbox);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            process.Refresh();
            var used = (process.TotalProcessorTime - cpu).TotalSeconds;
            times?.Report(count);
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                bench = "process-load",
                mails = count,
                decided = result.Decided,
                perSecond = Math.Round(count / seconds, 1),
                perProcessorSecond = Math.Round(count / used, 1),
                kilobytesAllocatedPerMail = Math.Round((GC.GetTotalAllocatedBytes() - allocated) / 1024.0 / count, 1),
                peakMegabytes = process.PeakWorkingSet64 / 1024 / 1024,
            }));
            return result.Decided == count ? 0 : 1;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>A helpdesk on a fresh SQLite file that fetches from a <see cref="MemoryFolder"/>.</summary>
    public static ServiceProvider Services(string directory)
    {
        var services = BenchServices.Of(new DatabaseOptions { ConnectionString = $"Data Source={directory}/helpdesk.db" });
        services.AddSingleton<MemoryFolder>().AddSingleton<MailSourceFor>(provider => _ => provider.GetRequiredService<MemoryFolder>());
        return services.BuildServiceProvider();
    }

    /// <summary>Everything that the folder holds.</summary>
    public static async Task<FetchResult> FetchAsync(ServiceProvider services, long mailbox)
    {
        var result = await services.GetRequiredService<Fetcher>().FetchAsync(mailbox);
        return result is { Error: null } ? result : throw new InvalidOperationException(result?.Error?.ToString() ?? "no lease");
    }
}
