using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Routing.Addresses;
using HelpdeskMail.Core.Routing.Filters;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpdeskMail.Bench;

/// <summary>
/// What 10,000 aliases and 1,000 filters cost: the same mails through two helpdesks, one with them and one without, by turns, so that a busy machine slows
/// both alike. The ratio is the median of the rounds' ratios. The filters are of the kinds people write; some match, a few can't be told beforehand.
/// </summary>
internal static class RoutingLoad
{
    private const int Domains = 20;
    private const int Aliases = 10_000;
    private const int Filters = 1_000;
    private const int Rounds = 5;

    public static async Task<int> RunAsync(int count)
    {
        var directory = Directory.CreateTempSubdirectory("helpdesk-bench-").FullName;
        try
        {
            await using var plain = await HelpdeskAsync(Path.Combine(directory, "plain"));
            await using var configured = await HelpdeskAsync(Path.Combine(directory, "configured"));
            await ConfigureAsync(configured.Services);
            await RoundAsync(plain, Math.Max(count / 10, 300), seed: 1000); // warms up and isn't counted
            await RoundAsync(configured, Math.Max(count / 10, 300), seed: 1000);

            var rounds = new List<(Figures Plain, Figures Configured)>();
            for (var round = 0; round < Rounds; round++)
            {
                if (round % 2 == 0) rounds.Add((await RoundAsync(plain, count, round), await RoundAsync(configured, count, round)));
                else if (await RoundAsync(configured, count, round) is var first) rounds.Add((await RoundAsync(plain, count, round), first));
            }
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                bench = "routing",
                mails = count,
                rounds = Rounds,
                aliases = Aliases,
                filters = Filters,
                matches = await MatchesAsync(configured.Services),
                perSecondWithout = Math.Round(Median(rounds.Select(pair => count / pair.Plain.Seconds)), 1),
                perSecondWith = Math.Round(Median(rounds.Select(pair => count / pair.Configured.Seconds)), 1),
                ratio = Math.Round(Median(rounds.Select(pair => pair.Plain.Seconds / pair.Configured.Seconds)), 3),
                processorMicrosecondsAMailWithout = Math.Round(Median(rounds.Select(pair => pair.Plain.Processor / count * 1e6)), 1),
                processorMicrosecondsAMailWith = Math.Round(Median(rounds.Select(pair => pair.Configured.Processor / count * 1e6)), 1),
                processorRatio = Math.Round(Median(rounds.Select(pair => pair.Plain.Processor / pair.Configured.Processor)), 3),
            }));
            return 0;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<Helpdesk> HelpdeskAsync(string directory)
    {
        Directory.CreateDirectory(directory);
        var services = ProcessLoad.Services(directory);
        await services.GetRequiredService<DatabaseMigrator>().MigrateAsync();
        var (_, mailbox) = await BenchServices.SetUpAsync(services, "support");
        await services.GetRequiredService<SettingsStore>().SaveAsync(new Dictionary<string, string?> { [Parameters.LoopThreshold.Key] = "90000" }); // the rounds' mails were written at the same times
        return new Helpdesk(services, mailbox);
    }

    private static async Task<Figures> RoundAsync(Helpdesk helpdesk, int count, int seed)
    {
        helpdesk.Services.GetRequiredService<MemoryFolder>().Put(LoadMails.Generate(count, seed));
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var (cpu, started) = (process.TotalProcessorTime, Stopwatch.GetTimestamp());
        var result = await ProcessLoad.FetchAsync(helpdesk.Services, helpdesk.Mailbox);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        process.Refresh();
        return result.Decided == count ? new(seconds, (process.TotalProcessorTime - cpu).TotalSeconds) : throw new InvalidOperationException($"{result.Decided} of {count} mails decided");
    }

    private static async Task ConfigureAsync(IServiceProvider services)
    {
        await using var db = await BenchServices.OpenAsync(services);
        var queue = await db.Queues.Select(row => row.Id).FirstAsync();
        var domains = Enumerable.Range(0, Domains).Select(i => new AliasDomain { Domain = $"brand{i:D2}.example", IsDefault = i == 0 }).ToList();
        db.AddRange(domains);
        await db.SaveChangesAsync();
        db.AddRange(Enumerable.Range(0, Aliases).Select(i => new Alias { LocalPart = $"desk{i:D5}", AliasDomainId = domains[i % Domains].Id, QueueId = queue, LocalPartDetection = i % 5 == 0 }));
        db.AddRange(Enumerable.Range(0, Filters).Select(NumberedFilter));
        await db.SaveChangesAsync();
    }

    /// <summary>Of ten: four of an author, three of a subject, two of a text, one that compares with letters too few to be looked for beforehand.</summary>
    private static Filter NumberedFilter(int number)
    {
        var n = number.ToString("D4", CultureInfo.InvariantCulture);
        FilterCondition condition = (number % 10) switch
        {
            0 => new("From", FilterOperator.Contains, false, $"@customer-{n}.example"),
            1 => new("From", FilterOperator.Equals, false, $"alerts{n}@monitoring.example"),
            2 => new("From", FilterOperator.Regex, false, $@"\b(no-?reply|robot)@shop{n}\.example\b"),
            3 => new("From", FilterOperator.Contains, false, $"user{number % 300:D3}@cust{number % 40:D2}.example.org"), // some of them write
            4 => new("Subject", FilterOperator.Regex, false, $@"^\[?(?<project>PROJECT-{n})\]?[: ]"),
            5 => new("Subject", FilterOperator.Contains, false, $"server srv{n} is down"),
            6 => new("Subject", FilterOperator.Regex, false, $@"(invoice|rechnung|facture) (no\.?|nr\.?|n°) ?{n}\d*"),
            7 => new("body", FilterOperator.Regex, false, $@"customer\s+number:?\s*(?<number>{n}-\d+)"),
            8 => new("body", FilterOperator.Contains, false, $"licence key {n}"),
            _ => new("X-Priority", FilterOperator.Equals, false, "1"),
        };
        return new Filter { Name = $"filter {n}", Order = number, Conditions = [condition], Actions = [new("tag", $"f{n}")] };
    }

    private static async Task<int> MatchesAsync(IServiceProvider services)
    {
        await using var db = await BenchServices.OpenAsync(services);
        return await db.TicketTags.CountAsync();
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    /// <param name="Processor">Seconds.</param>
    private sealed record Figures(double Seconds, double Processor);

    private sealed record Helpdesk(ServiceProvider Services, long Mailbox) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Services.DisposeAsync();
    }
}
