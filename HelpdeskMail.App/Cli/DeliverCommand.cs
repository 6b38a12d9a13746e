using System.CommandLine;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Settings;

namespace HelpdeskMail.App.Cli;

/// <summary><c>deliver</c>: one raw mail from standard input, for an MTA's pipe. It is ours once it is stored; what is decided about it is no business of the MTA.</summary>
internal static partial class DeliverCommand
{
    private static readonly Option<string?> Mailbox = new("--mailbox") { Description = "As if it came through this mailbox", HelpName = "NAME" };

    public static Command Create(HelpdeskCommands.Run run)
    {
        var command = new Command("deliver", "Take one raw mail from standard input (ends with 75 when it can't be stored)") { Mailbox };
        run(command, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        var limit = context.Get<MailOptions>().MaxMessageBytes;
        using var raw = new MemoryStream();
        var buffer = new byte[81920];
        for (int read; (read = await context.Terminal.In.ReadAsync(buffer, cancel)) > 0;)
        {
            if (raw.Length <= limit) raw.Write(buffer, 0, read);
        }

        var outcome = await context.Get<MailIntake>().StoreAsync(raw.ToArray(), MailSourceKind.Deliver, context.Arguments.GetValue(Mailbox), notices: true, cancel);
        if (!outcome.Ok)
        {
            context.Terminal.Faults(outcome.Errors);

            // A mail that is empty or too large stays so: the MTA tells its sender. A mailbox that doesn't exist is our mistake.
            return outcome.Errors.ContainsKey("body") ? ExitCode.Failed : ExitCode.TryAgain;
        }

        context.Terminal.Json(new { id = outcome.Value });
        try
        {
            await context.Get<MailProcessor>().ProcessWaitingAsync(cancel);
        }
        catch (Exception e)
        {
            Undecided(context.Get<ILoggerFactory>().CreateLogger(typeof(DeliverCommand)), e, outcome.Value);
        }

        return ExitCode.Done;
    }

    [LoggerMessage(LogLevel.Warning, "Mail {Id} is stored and will be decided later")]
    private static partial void Undecided(ILogger logger, Exception e, long id);
}
