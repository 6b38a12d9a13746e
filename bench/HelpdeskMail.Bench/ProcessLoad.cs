using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using HelpdeskMail.Core.CommunicationLog;
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

    private static ServiceProvider Services(string directory)
    {
        var services = BenchServices.Of(new DatabaseOptions { ConnectionString = $"Data Source={directory}/helpdesk.db" });
        services.AddSingleton<MemoryFolder>().AddSingleton<MailSourceFor>(provider => _ => provider.GetRequiredService<MemoryFolder>());
        return services.BuildServiceProvider();
    }

    private static async Task<FetchResult> FetchAsync(ServiceProvider services, long mailbox)
    {
        var result = await services.GetRequiredService<Fetcher>().FetchAsync(mailbox);
        return result is { Error: null } ? result : throw new InvalidOperationException(result?.Error?.ToString() ?? "no lease");
    }

    /// <summary>A folder whose server costs nothing.</summary>
    private sealed class MemoryFolder : IMailSource
    {
        private readonly SortedDictionary<long, byte[]> mails = [];
        private long last;

        public long Validity => 1;

        public DateTime? CertificateExpiresAt => null;

        public void Put(IEnumerable<LoadMail> more)
        {
            foreach (var mail in more) mails[++last] = mail.Raw;
        }

        public Task OpenAsync(ICommunication log, CancellationToken cancel) => Task.CompletedTask;

        public Task<IReadOnlyList<SourceMessage>> ListAsync(SourceQuery query, CancellationToken cancel) => Task.FromResult<IReadOnlyList<SourceMessage>>(
            [.. mails.Where(pair => pair.Key > (query.AfterNumber ?? 0)).Select(pair => new SourceMessage($"1:{pair.Key}", pair.Key, pair.Value.Length, null, false))]);

        public async IAsyncEnumerable<FetchedMessage> FetchAsync(IReadOnlyList<SourceMessage> messages, long maxBytes, [EnumeratorCancellation] CancellationToken cancel)
        {
            await Task.Yield();
            foreach (var message in messages) yield return new FetchedMessage(message, mails[message.Number]);
        }

        public Task<IReadOnlyDictionary<string, byte[]>> HeadersAsync(IReadOnlyList<SourceMessage> messages, CancellationToken cancel) => throw new NotSupportedException("No mail of the load is too large.");

        public Task AcknowledgeAsync(IReadOnlyList<SourceMessage> messages, CancellationToken cancel)
        {
            foreach (var message in messages) mails.Remove(message.Number);
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
