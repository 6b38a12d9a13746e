using System.CommandLine;
using System.Text;
using HelpdeskMail.Core.Access;

namespace HelpdeskMail.App.Cli;

/// <summary><c>user add</c>: the password is the first line of standard input; without one it is made up and printed alone.</summary>
internal static class UserCommand
{
    /// <summary>A pipe that nobody writes to must not hold the command for ever.</summary>
    private static readonly TimeSpan InputDeadline = TimeSpan.FromSeconds(15);

    private static readonly Argument<string> Email = new("EMAIL");
    private static readonly Option<string> Role = new Option<string>("--role") { Required = true, Description = string.Join(" or ", Roles.All) }.AcceptOnlyFromAmong([.. Roles.All]);
    private static readonly Option<string?> Name = new("--name") { Description = "The name that others see" };

    public static Command Create(HelpdeskCommands.Run run)
    {
        var add = new Command("add", "Add a user; the password comes from standard input, or is made up and printed") { Email, Role, Name };
        run(add, AddAsync);
        return new Command("user", "Users of the portal") { add };
    }

    private static async Task<int> AddAsync(CommandContext context, CancellationToken cancel)
    {
        var email = context.Arguments.GetRequiredValue(Email).Trim();
        var given = context.Terminal.InputIsGiven ? await ReadPasswordAsync(context, cancel) : null;
        var outcome = await context.Get<UserAdministration>().SaveAsync(new()
        {
            Email = email,
            DisplayName = context.Arguments.GetValue(Name) ?? "",
            Role = context.Arguments.GetRequiredValue(Role),
            Password = given,
        }, cancel);
        if (!outcome.Ok)
        {
            context.Terminal.Faults(outcome.Errors);
            return ExitCode.Failed;
        }

        if (outcome.Value!.GeneratedPassword is { } generated) context.Terminal.Line(generated);
        return ExitCode.Done;
    }

    private static async Task<string?> ReadPasswordAsync(CommandContext context, CancellationToken cancel)
    {
        using var reader = new StreamReader(context.Terminal.In, Encoding.UTF8);
        try
        {
            // A console stream reads synchronously whatever it is called with, hence the task.
            return await Task.Run(reader.ReadLine, cancel).WaitAsync(InputDeadline, cancel) is { Length: > 0 } line ? line : null;
        }
        catch (TimeoutException)
        {
            await context.Terminal.Error.WriteLineAsync($"Nothing on standard input for {InputDeadline.TotalSeconds} seconds: making up a password.");
            return null;
        }
    }
}
