using HelpdeskMail.App;
using HelpdeskMail.App.Cli;
using HelpdeskMail.App.Components.Pages.Account;
using HelpdeskMail.Core.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace HelpdeskMail.Tests.App;

/// <summary>The real application on a free port, with a data directory of its own that goes with it.</summary>
internal sealed class RunningPortal : IAsyncDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("helpdesk-app-");
    private readonly Dictionary<string, string?> settings;
    private WebApplication app = null!;

    private RunningPortal(IEnumerable<(string Key, string Value)> more)
    {
        settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Urls"] = "http://127.0.0.1:0",
            ["Database:Provider"] = "Sqlite",
            ["ConnectionStrings:Helpdesk"] = $"Data Source={Path.Combine(directory.FullName, "helpdesk.db")};Pooling=False",
            ["Data:Directory"] = directory.FullName,
            ["Mail:AllowedPorts"] = "1-65535",
            ["Jobs:Enabled"] = "false",
            ["Logging:LogLevel:Default"] = "Warning",
        };
        foreach (var (key, value) in more) settings[key] = value;
    }

    public Uri Url { get; private set; } = null!;

    /// <summary>The link that was printed for the first administrator; null: there is one.</summary>
    public string? ClaimLink => Get<Claim>().Link;

    public static async Task<RunningPortal> StartAsync(params IEnumerable<(string Key, string Value)> more)
    {
        var portal = new RunningPortal(more);
        await portal.StartAgainAsync();
        return portal;
    }

    /// <summary>Stops it, if it runs, and starts it on the same data.</summary>
    public async Task StartAgainAsync()
    {
        if (app is not null) await app.DisposeAsync();
        app = HelpdeskApp.Build(settings);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await app.StartAsync(deadline.Token);
        Url = new Uri(Get<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>As the operating system asks a service to end: jobs and connections get the time to say goodbye.</summary>
    public async Task StopAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await app.StopAsync(deadline.Token);
    }

    public T Get<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    /// <summary>A client that sends the token of a role; null: none.</summary>
    public async Task<HttpClient> ApiAsync(string? role = Roles.Administrator)
    {
        var client = new HttpClient { BaseAddress = new Uri(Url, "/api/v1/"), Timeout = TimeSpan.FromSeconds(30) };
        if (role is not null) client.DefaultRequestHeaders.Authorization = new("Bearer", (await Get<ApiTokens>().CreateAsync("test", role)).Value);
        return client;
    }

    /// <summary>Runs a command of the tool in this process, on the same data.</summary>
    public async Task<CommandResult> RunAsync(string[] arguments, string? input = null)
    {
        using var standardInput = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(input ?? ""));
        using var output = new MemoryStream();
        await using var error = new StringWriter();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        string[] all = [.. arguments, .. settings.Where(pair => pair.Key != "Urls").SelectMany(pair => new[] { "--set", $"{pair.Key}={pair.Value}" })];
        var code = await HelpdeskCommands.RunAsync(all, new Terminal(standardInput, output, error, input is not null), deadline.Token);
        return new CommandResult(code, System.Text.Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await Eventually.DeletedAsync(directory.FullName);
    }
}

internal sealed record CommandResult(int Code, string Out, string Error);
