using System.Text.Json.Nodes;
using HelpdeskMail.App.Cli;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Ingestion;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpdeskMail.Tests.App.Crashes;

/// <summary>A help desk that the real executable works on; the test looks into its database from outside.</summary>
internal sealed class ExecutableDesk : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("helpdesk-crash-");
    private readonly TestDatabase database;
    private readonly Dictionary<string, string> settings;
    private readonly ServiceProvider services;

    private ExecutableDesk(TestDatabase database)
    {
        this.database = database;
        settings = new(StringComparer.Ordinal)
        {
            ["Urls"] = "http://127.0.0.1:0",
            ["Database:Provider"] = database.Options.Provider.ToString(),
            ["ConnectionStrings:Helpdesk"] = database.Options.ConnectionString.Replace("Pooling=False", "Pooling=True", StringComparison.Ordinal),
            ["Data:Directory"] = folder.FullName,
            ["Mail:AllowedPorts"] = "1-65535",
            ["Logging:LogLevel:Default"] = "Warning",
            ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Information", // tells the address
        };
        services = new ServiceCollection().AddLogging().AddHelpdeskDatabase(database.Options).BuildServiceProvider();
    }

    public DatabaseOptions Database => database.Options;

    public string Folder => folder.FullName;

    /// <summary>For the processes started from now on.</summary>
    public IDictionary<string, string> Settings => settings;

    public static async Task<ExecutableDesk> StartAsync(DatabaseProvider provider, JsonObject configuration)
    {
        var desk = new ExecutableDesk(await TestDatabase.MigratedAsync(provider));
        var file = Path.Combine(desk.Folder, "config.json");
        await File.WriteAllTextAsync(file, configuration.ToJsonString());
        await desk.ToolAsync("config", "import", file);
        return desk;
    }

    public HelpdeskDb Db() => services.GetRequiredService<IDbContextFactory<HelpdeskDb>>().CreateDbContext();

    public Victim Start(params string[] arguments) => Start(arguments, null);

    public Victim Start(string[] arguments, byte[]? input) =>
        Victim.Start(Folder, settings.ToDictionary(pair => pair.Key.Replace(":", "__", StringComparison.Ordinal), pair => pair.Value, StringComparer.Ordinal), arguments, input);

    /// <summary>Runs the executable to its end.</summary>
    public async Task<CommandResult> RunAsync(string[] arguments, byte[]? input = null)
    {
        await using var victim = Start(arguments, input);
        return new CommandResult(await victim.ExitAsync(), victim.Out, victim.Error);
    }

    /// <summary>Runs a command in this process, for the preparation of a test; what it printed.</summary>
    public async Task<string> ToolAsync(params string[] arguments)
    {
        using var input = new MemoryStream();
        using var output = new MemoryStream();
        await using var error = new StringWriter();
        string[] all = [.. arguments, .. settings.Where(pair => pair.Key != "Urls").SelectMany(pair => new[] { "--set", $"{pair.Key}={pair.Value}" })];
        var code = await HelpdeskCommands.RunAsync(all, new Terminal(input, output, error, false));
        return code == 0 ? System.Text.Encoding.UTF8.GetString(output.ToArray()) : throw new InvalidOperationException($"{string.Join(' ', arguments)}: {code} {error}");
    }

    /// <summary>How far the ledger is: a step for each state that a message has passed, and whether a fetch holds the mailbox.</summary>
    public async Task<(int Steps, bool Fetching)> ProgressAsync()
    {
        await using var db = Db();
        var states = await db.Ledger.GroupBy(entry => entry.State).Select(group => new { group.Key, Count = group.Count() }).ToListAsync();
        var fetching = await db.MailboxStatuses.AnyAsync(status => status.LeaseOwner != null);
        return (states.Sum(state => state.Count * StepsOf(state.Key)), fetching);
    }

    /// <summary>Whether a fetch holds the mailbox, or one that died did, or one was through since then: on a busy machine a short one passes between two looks.</summary>
    public async Task<bool> IsFetchingAsync(DateTime since)
    {
        await using var db = Db();
        return await db.MailboxStatuses.AnyAsync(status => status.LeaseOwner != null || status.LastFetchAt >= since);
    }

    public async Task<int> StoredAsync()
    {
        await using var db = Db();
        return await db.StoredMails.CountAsync();
    }

    public async Task<bool> IsDoneAsync(int messages)
    {
        await using var db = Db();
        return await db.Ledger.CountAsync(entry => entry.State == LedgerState.Acknowledged) == messages && !await db.StoredMails.AnyAsync(mail => mail.State == StoredMailState.Stored);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
        await Eventually.DeletedAsync(Folder);
    }

    public const int LastStep = 4;

    private static int StepsOf(LedgerState state) => state switch
    {
        LedgerState.Seen => 1,
        LedgerState.Stored => 2,
        LedgerState.Decided => 3,
        LedgerState.Acknowledged or LedgerState.Quarantined or LedgerState.Skipped or _ => LastStep,
    };
}
