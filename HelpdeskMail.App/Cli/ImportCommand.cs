using System.CommandLine;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Settings;

namespace HelpdeskMail.App.Cli;

/// <summary><c>import</c>: mails from files, through the whole pipeline, with progress.</summary>
internal static class ImportCommand
{
    private static readonly Argument<string[]> Paths = new("PATH") { Arity = ArgumentArity.OneOrMore, Description = "mbox files, Maildirs, folders of .eml, single mails" };
    private static readonly Option<string> Mailbox = new("--mailbox") { Required = true, Description = "The mailbox that they came through", HelpName = "NAME" };
    private static readonly Option<bool> NoNotices = new("--no-notices") { Description = "Send nothing to the senders" };

    public static Command Create(HelpdeskCommands.Run run)
    {
        var command = new Command("import", "Bring in mail from files, through the whole pipeline") { Paths, Mailbox, NoNotices };
        run(command, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        var mailbox = context.Arguments.GetRequiredValue(Mailbox);
        var error = context.Terminal.Error;
        var (unread, limit) = (0, context.Get<MailOptions>().MaxMessageBytes);
        var progress = new ProgressLine(error, context.Get<TimeProvider>());
        var outcome = await context.Get<MailIntake>().ImportAsync(MailsAsync(), mailbox, !context.Arguments.GetValue(NoNotices), progress, cancel);
        if (outcome.Value is not { } done)
        {
            context.Terminal.Faults(outcome.Errors);
            return ExitCode.Failed;
        }

        var (read, skipped) = (done.Read + unread, done.Skipped + unread);
        context.Terminal.Json(new FetchLine(
            mailbox, read, read, done.Stored, done.Decided, done.Quarantined, 0, skipped, Math.Round(done.Seconds, 3), Math.Round(done.Decided / Math.Max(done.Seconds, 0.001), 1), null));
        return skipped == 0 ? ExitCode.Done : ExitCode.Failed;

        async IAsyncEnumerable<byte[]> MailsAsync()
        {
            foreach (var mail in context.Arguments.GetRequiredValue(Paths).SelectMany(path => MailFiles.Read(path, limit)))
            {
                if (mail.Raw is { Length: > 0 } raw && raw.Length <= limit)
                {
                    yield return raw;
                    continue;
                }

                unread++;
                await error.WriteLineAsync($"{mail.Name}: {mail.Fault ?? (mail.Raw is { Length: 0 } ? "It is empty." : "It is larger than Mail:MaxMessageBytes allows.")}");
            }
        }
    }

    /// <summary>Says how far it got, once a second at the most; called from the import's own thread, in order.</summary>
    private sealed class ProgressLine(TextWriter error, TimeProvider time) : IProgress<ImportResult>
    {
        private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);
        private long said = time.GetTimestamp();

        public void Report(ImportResult value)
        {
            if (time.GetElapsedTime(said) < Between) return;
            said = time.GetTimestamp();
            error.WriteLine($"{value.Read} read, {value.Decided} decided");
        }
    }
}
