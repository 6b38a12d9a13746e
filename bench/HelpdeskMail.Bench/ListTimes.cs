using System.Diagnostics;
using System.Text.Json;
using HelpdeskMail.Core;
using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.ContactRequests;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Quarantine;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Eventually = HelpdeskMail.Tests.Eventually;

namespace HelpdeskMail.Bench;

/// <summary>How long the queries behind the lists take over a seeded database: the third time each, when code and cache are warm.</summary>
internal static class ListTimes
{
    public static async Task<int> FileAsync(string file) => await RunAsync(BenchDatabase.Sqlite(file));

    public static async Task<int> PostgresAsync()
    {
        var directory = Directory.CreateTempSubdirectory("helpdesk-bench-").FullName;
        File.SetUnixFileMode(directory, (UnixFileMode)0b111_101_101);
        try
        {
            return await RunAsync(await SeedDatabase.PostgresAsync(directory, seeded: true));
        }
        finally
        {
            await Eventually.DeletedAsync(directory);
        }
    }

    private static async Task<int> RunAsync(BenchDatabase database)
    {
        await using var services = BenchServices.Of(database.Options).BuildServiceProvider();
        await services.GetRequiredService<DatabaseMigrator>().MigrateAsync();
        var tickets = services.GetRequiredService<TicketQueries>();
        var log = services.GetRequiredService<CommunicationQueries>();
        var middle = new ListPosition(new DateTime(2024, 12, 1, 0, 0, 0, DateTimeKind.Utc), 0);
        await TimeAsync(database, "tickets: open", () => tickets.ListAsync(new TicketFilter()));
        await TimeAsync(database, "tickets: all", () => tickets.ListAsync(new TicketFilter { AllStates = true }));
        await TimeAsync(database, "tickets: all, from the middle", () => tickets.ListAsync(new TicketFilter { AllStates = true, After = middle }));
        foreach (var sort in Enum.GetValues<TicketSort>()) await TimeAsync(database, $"tickets: all by {sort}", () => tickets.ListAsync(new TicketFilter { AllStates = true, Sort = sort }));
        foreach (var text in new[] { "printer", "printer invoice", "100042", "person4711@seeded.example", "nowhere-to-be-found" })
            await TimeAsync(database, $"tickets: all with \"{text}\"", () => tickets.ListAsync(new TicketFilter { AllStates = true, Text = text }));
        var ledger = services.GetRequiredService<LedgerQueries>();
        await using var db = await BenchServices.OpenAsync(services);
        var mailbox = await db.Mailboxes.Where(row => row.Name == "seeded").Select(row => row.Id).SingleAsync();
        var counts = (await ledger.SummaryAsync(mailbox)).Counts;
        await TimeAsync(database, "ledger: proof", () => ledger.SummaryAsync(mailbox));
        await TimeAsync(database, "ledger", () => ledger.ListAsync(mailbox, new LedgerFilter(), counts));
        await TimeAsync(database, "ledger: from the middle", () => ledger.ListAsync(mailbox, new LedgerFilter { After = middle }, counts));
        await TimeAsync(database, "ledger: quarantined", () => ledger.ListAsync(mailbox, new LedgerFilter { State = LedgerState.Quarantined }, counts));
        foreach (var text in new[] { "printer", "nowhere-to-be-found" })
        {
            await TimeAsync(database, $"ledger: with \"{text}\"", () => ledger.ListAsync(mailbox, new LedgerFilter { Text = text }, counts));
            await TimeAsync(database, $"log: with \"{text}\"", () => log.SearchAsync(new CommunicationFilter { Text = text }));
        }
        await TimeAsync(database, "log", () => log.ListAsync(new CommunicationFilter()));
        await TimeAsync(database, "log: from the middle", () => log.ListAsync(new CommunicationFilter { After = middle }));
        await TimeAsync(database, "log: failed", () => log.ListAsync(new CommunicationFilter { Status = CommunicationStatus.Failed }));
        await TimeAsync(database, "log: accounts", () => log.AccountsAsync());
        await QuarantineAsync(database, services.GetRequiredService<QuarantineQueries>());
        await RequestsAsync(database, services.GetRequiredService<ContactRequestQueries>(), middle);
        return 0;
    }

    private static async Task QuarantineAsync(BenchDatabase database, QuarantineQueries items)
    {
        foreach (var open in new[] { true, false })
        {
            var name = open ? "quarantine: open" : "quarantine: settled";
            await TimeAsync(database, name, () => items.ListAsync(new QuarantineFilter { Open = open }));
            await TimeAsync(database, $"{name}, from the middle", () => items.ListAsync(new QuarantineFilter { Open = open, After = SeedDatabase.Mails / 2 }));
            await TimeAsync(database, $"{name}, of one reason", () => items.ListAsync(new QuarantineFilter { Open = open, Reason = "NoQueue" }));
            await TimeAsync(database, $"{name}, counts", () => items.CountsAsync(open));
            foreach (var text in new[] { "printer", "nowhere-to-be-found" }) await TimeAsync(database, $"{name} with \"{text}\"", () => items.ListAsync(new QuarantineFilter { Open = open, Text = text }));
        }
    }

    private static async Task RequestsAsync(BenchDatabase database, ContactRequestQueries requests, ListPosition middle)
    {
        foreach (var state in new ContactRequestState?[] { ContactRequestState.Open, ContactRequestState.Ticket, null })
        {
            var name = $"contact requests: {(state?.ToString() ?? "all").ToLowerInvariant()}";
            await TimeAsync(database, name, () => requests.ListAsync(new ContactRequestFilter(state)));
            await TimeAsync(database, $"{name}, from the middle", () => requests.ListAsync(new ContactRequestFilter(state, After: middle)));
            foreach (var text in new[] { "printer", "nowhere-to-be-found" }) await TimeAsync(database, $"{name} with \"{text}\"", () => requests.SearchAsync(new ContactRequestFilter(state, text)));
        }
        await TimeAsync(database, "contact requests: the navigation's count", () => requests.OpenAsync());
    }

    private static async Task TimeAsync<T>(BenchDatabase database, string list, Func<Task<T>> query)
    {
        var times = new List<double>();
        for (var round = 0; round < 3; round++)
        {
            var started = Stopwatch.GetTimestamp();
            await query();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        Console.WriteLine(JsonSerializer.Serialize(new { bench = "lists", database = database.IsPostgres ? "postgres" : "sqlite", list, milliseconds = Math.Round(times.Min(), 1), first = Math.Round(times[0], 1) }));
    }
}
