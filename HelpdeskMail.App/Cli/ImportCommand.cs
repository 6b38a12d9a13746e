using System.CommandLine;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Settings;

namespace HelpdeskMail.App.Cli;

/// <summary><c>import</c>: mails from files, through the whole pipeline, with progress.</summary>
internal static class ImportCommand
{
    private const int Batch = 200;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

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
        var (intake, processor, time) = (context.Get<MailIntake>(), context.Get<MailProcessor>(), context.Get<TimeProvider>());
        var mailbox = context.Arguments.GetRequiredValue(Mailbox);
        var notices = !context.Arguments.GetValue(NoNotices);
        var limit = context.Get<MailOptions>().MaxMessageBytes;
        var (started, said) = (time.GetTimestamp(), time.GetTimestamp());
        var (read, stored, decided, quarantined, skipped) = (0, 0, 0, 0, 0);

        foreach (var mail in context.Arguments.GetRequiredValue(Paths).SelectMany(path => MailFiles.Read(path, limit)))
        {
            cancel.ThrowIfCancellationRequested();
            read++;
            var outcome = mail.Raw is null ? null : await intake.StoreAsync(mail.Raw, MailSourceKind.Import, mailbox, notices, cancel);
            if (outcome is { Ok: true })
            {
                stored++;
            }
            else
            {
                if (outcome?.Errors.ContainsKey("mailbox") == true)
                {
                    context.Terminal.Faults(outcome.Errors);
                    return ExitCode.Failed;
                }

                skipped++;
                await context.Terminal.Error.WriteLineAsync($"{mail.Name}: {mail.Fault ?? string.Join(" ", outcome!.Errors.Values.SelectMany(texts => texts))}");
            }

            if (stored % Batch == 0 && stored > 0) await ProcessAsync();
            if (time.GetElapsedTime(said) < Between) continue;
            said = time.GetTimestamp();
            await context.Terminal.Error.WriteLineAsync($"{read} read, {decided} decided");
        }

        await ProcessAsync();
        var seconds = time.GetElapsedTime(started).TotalSeconds;
        context.Terminal.Json(new FetchLine(mailbox, read, read, stored, decided, quarantined, 0, skipped, Math.Round(seconds, 3), Math.Round(decided / Math.Max(seconds, 0.001), 1), null));
        return skipped == 0 ? ExitCode.Done : ExitCode.Failed;

        async Task ProcessAsync()
        {
            var result = await processor.ProcessWaitingAsync(cancel);
            decided += result.Decided;
            quarantined += result.Quarantined;
        }
    }
}
