using System.CommandLine;

namespace HelpdeskMail.App.Cli;

/// <summary><c>migrate</c>: brings the database up to date and does nothing else. (Every command does so first.)</summary>
internal static class MigrateCommand
{
    public static Command Create(HelpdeskCommands.Run run)
    {
        var command = new Command("migrate", "Bring the database up to date");
        run(command, async (context, _) =>
        {
            await context.Terminal.Error.WriteLineAsync("The database is up to date.");
            return ExitCode.Done;
        });
        return command;
    }
}
