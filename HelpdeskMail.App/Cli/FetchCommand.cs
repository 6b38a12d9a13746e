using System.CommandLine;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.App.Cli;

/// <summary><c>fetch</c>: every valid mailbox, or the named one, once and to the end; one JSON line each. Without a name it may stand in a crontab, so it doesn't knock
/// again at once where the password was refused.</summary>
internal static class FetchCommand
{
    private const int AtOnce = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly Option<string?> Mailbox = new("--mailbox") { Description = "Only this mailbox", HelpName = "NAME" };

    public static Command Create(HelpdeskCommands.Run run)
    {
        var command = new Command("fetch", "Fetch mail now, to the end") { Mailbox };
        run(command, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        var warm = context.Get<FirstMail>().ReadAsync(cancel); // on another core, while the mailboxes are looked up
        try
        {
            return await FetchAllAsync(context, context.Arguments.GetValue(Mailbox), cancel);
        }
        finally
        {
            await warm;
        }
    }

    private static async Task<int> FetchAllAsync(CommandContext context, string? name, CancellationToken cancel)
    {
        var mailboxes = await context.Get<MailboxDirectory>().ToFetchAsync(name, cancel);
        if (name is not null && mailboxes.Count == 0)
        {
            await context.Terminal.Error.WriteLineAsync($"There is no mailbox \"{name}\".");
            return ExitCode.Failed;
        }

        var worst = ExitCode.Done;
        await Parallel.ForEachAsync(mailboxes, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (mailbox, stop) =>
        {
            var code = await FetchAsync(context, mailbox, named: name is not null, stop);
            InterlockedMax(ref worst, code);
        });
        return worst;
    }

    private static async Task<int> FetchAsync(CommandContext context, NamedMailbox mailbox, bool named, CancellationToken cancel)
    {
        // A portal may be at it: what it finds counts as fetched, but only our own look afterwards is "now, to the end".
        var fetcher = context.Get<Fetcher>();
        if (await (named ? fetcher.FetchWhenFreeAsync(mailbox.Id, Patience, cancel: cancel) : fetcher.FetchSparingAsync(mailbox.Id, Patience, cancel)) is not { } result)
        {
            await context.Terminal.Error.WriteLineAsync($"{mailbox.Name}: another worker has had it for {Patience.TotalMinutes} minutes.");
            return ExitCode.TryAgain;
        }

        context.Terminal.Json(FetchLine.Of(result));
        if (result.Error is not { } error) return ExitCode.Done;
        await context.Terminal.Error.WriteLineAsync($"{mailbox.Name}: {error.Text}{(error.Server is null ? "" : $" ({error.Server})")} {error.Advice}");
        return ExitCode.Failed;
    }

    private static void InterlockedMax(ref int worst, int code)
    {
        int now;
        while ((now = Volatile.Read(ref worst)) < code && Interlocked.CompareExchange(ref worst, code, now) != now)
        {
        }
    }
}
