using System.CommandLine;
using HelpdeskMail.Core.Data;

namespace HelpdeskMail.App.Cli;

/// <summary><c>serve</c>: the portal, until it is told to stop.</summary>
internal static class ServeCommand
{
    private static readonly Option<string?> Urls = new("--urls") { Description = "Where to listen, such as http://localhost:5080", HelpName = "URLS" };

    public static Command Create(Func<ParseResult, CancellationToken, IEnumerable<KeyValuePair<string, string?>>, Task<int>> run)
    {
        var command = new Command("serve", "Serve the portal (what happens without a command, too)") { Urls };
        command.SetAction((arguments, cancel) => run(arguments, cancel, arguments.GetValue(Urls) is { } urls ? [KeyValuePair.Create("Urls", (string?)urls)] : []));
        return command;
    }

    public static async Task<int> RunAsync(IEnumerable<KeyValuePair<string, string?>> settings, CancellationToken cancel)
    {
        await using var app = HelpdeskApp.Build(settings);
        try
        {
            // The host would do it, too, but report a database that is away with a stack trace.
            await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(cancel);
            await app.RunAsync(cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Told to stop while starting.
        }

        return ExitCode.Done;
    }
}
