using System.CommandLine;
using HelpdeskMail.App.Composition;
using HelpdeskMail.Core.Data;

namespace HelpdeskMail.App.Cli;

/// <summary>The command line. Settings are those of the portal; <c>--set</c> overrides one for this run.</summary>
internal sealed class HelpdeskCommands
{
    private readonly Terminal terminal;
    private readonly RootCommand root;
    private readonly Option<string[]> overrides = new("--set")
    {
        Description = "A setting for this run only, such as --set Jobs:Enabled=false",
        HelpName = "KEY=VALUE",
        Recursive = true,
    };

    private HelpdeskCommands(Terminal terminal)
    {
        this.terminal = terminal;
        overrides.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1)) result.AddError($"--set {token.Value}: write KEY=VALUE");
        });
        root = new RootCommand("HelpdeskMail: a help desk's e-mail channel. Without a command it serves the portal.") { overrides };
        root.SetAction((arguments, cancel) => ServeCommand.RunAsync(Settings(arguments), cancel));
        root.Add(ServeCommand.Create((arguments, cancel, more) => ServeCommand.RunAsync([.. Settings(arguments), .. more], cancel)));
        root.Add(MigrateCommand.Create(Tool));
        root.Add(FetchCommand.Create(Tool));
        root.Add(ImportCommand.Create(Tool));
        root.Add(DeliverCommand.Create(Deliver));
        root.Add(ParseCommand.Create(terminal));
        root.Add(ExplainCommand.Create(Tool));
        root.Add(ConfigCommand.Create(Tool));
        root.Add(UserCommand.Create(Tool));
        root.Add(TokenCommand.Create(Tool));
    }

    /// <summary>Runs a command with its services.</summary>
    public delegate void Run(Command command, Func<CommandContext, CancellationToken, Task<int>> action);

    public static Task<int> RunAsync(string[] args, Terminal? terminal = null, CancellationToken cancel = default) => new HelpdeskCommands(terminal ?? Terminal.Process()).InvokeAsync(args, cancel);

    private async Task<int> InvokeAsync(string[] args, CancellationToken cancel)
    {
        var arguments = root.Parse(args);
        if (arguments.Errors.Count > 0)
        {
            foreach (var error in arguments.Errors) await terminal.Error.WriteLineAsync(error.Message);
            await terminal.Error.WriteLineAsync("See --help.");
            return ExitCode.Usage;
        }

        try
        {
            using var help = new StringWriter();
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                Output = help,
                Error = terminal.Error,
                ProcessTerminationTimeout = Portal.ShutdownTimeout + TimeSpan.FromSeconds(5), // its own two seconds would cut a stop in good order short
            };
            var code = await arguments.InvokeAsync(configuration, cancel);
            if (help.ToString() is { Length: > 0 } text) terminal.Line(text.TrimEnd());
            return code;
        }
        catch (SettingsException e)
        {
            await terminal.Error.WriteLineAsync(e.Message);
            return ExitCode.Usage;
        }
        catch (DatabaseUnavailableException e)
        {
            await terminal.Error.WriteLineAsync(e.Message);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            await terminal.Error.WriteLineAsync("Stopped.");
            return ExitCode.Failed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await terminal.Error.WriteLineAsync(e.Message);
            return ExitCode.Failed;
        }
        catch (Exception e) when (DatabaseFault.IsStorage(e))
        {
            await terminal.Error.WriteLineAsync($"The database can't be used now: {e.GetBaseException().Message}");
            return ExitCode.Failed;
        }
        catch (Exception e)
        {
            // A defect of ours: all there is to know about it, and an exit code that scripts understand.
            await terminal.Error.WriteLineAsync(e.ToString());
            return ExitCode.Failed;
        }
    }

    private void Tool(Command command, Func<CommandContext, CancellationToken, Task<int>> action) =>
        command.SetAction(async (arguments, cancel) =>
        {
            using var host = HelpdeskApp.BuildTool(Settings(arguments));
            await host.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(cancel);
            await using var scope = host.Services.CreateAsyncScope();
            return await action(new CommandContext(arguments, terminal, scope.ServiceProvider), cancel);
        });

    /// <summary>A mail that an MTA hands over must not be lost by our trouble, whatever that is: it is told to try again.</summary>
    private void Deliver(Command command, Func<CommandContext, CancellationToken, Task<int>> action) =>
        command.SetAction(async (arguments, cancel) =>
        {
            try
            {
                using var host = HelpdeskApp.BuildTool(Settings(arguments));
                await host.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(cancel);
                await using var scope = host.Services.CreateAsyncScope();
                return await action(new CommandContext(arguments, terminal, scope.ServiceProvider), cancel);
            }
            catch (Exception e)
            {
                await terminal.Error.WriteLineAsync(e.Message);
                return ExitCode.TryAgain;
            }
        });

    private IEnumerable<KeyValuePair<string, string?>> Settings(ParseResult arguments) =>
        (arguments.GetValue(overrides) ?? []).Select(text => text.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0].Replace("__", ":", StringComparison.Ordinal), (string?)pair[1]));
}
