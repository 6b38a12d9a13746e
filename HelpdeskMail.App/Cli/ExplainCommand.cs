using System.CommandLine;
using HelpdeskMail.App.Api;
using HelpdeskMail.Core.Ingestion;

namespace HelpdeskMail.App.Cli;

/// <summary><c>explain</c>: what would be decided for a mail now, and why; writes nothing.</summary>
internal static class ExplainCommand
{
    private static readonly Argument<string> MailFile = new("PATH") { Description = "The mail; - is standard input" };
    private static readonly Option<string?> Mailbox = new("--mailbox") { Description = "As if it came through this mailbox", HelpName = "NAME" };

    public static Command Create(HelpdeskCommands.Run run)
    {
        var command = new Command("explain", "Say what would be decided for a mail, and why; nothing is written") { MailFile, Mailbox };
        run(command, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        var path = context.Arguments.GetRequiredValue(MailFile);
        using var raw = new MemoryStream();
        await using (var file = path == "-" ? context.Terminal.In : File.OpenRead(path)) await file.CopyToAsync(raw, cancel);
        var outcome = await context.Get<MailProcessor>().ExplainAsync(raw.ToArray(), context.Arguments.GetValue(Mailbox), cancel);
        if (outcome.Ok)
        {
            context.Terminal.Json(ExplanationJson.Of(outcome.Value!));
            return ExitCode.Done;
        }

        context.Terminal.Faults(outcome.Errors);
        return ExitCode.Failed;
    }
}
