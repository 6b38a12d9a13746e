using System.CommandLine;
using HelpdeskMail.Core.Access;

namespace HelpdeskMail.App.Cli;

/// <summary><c>token create</c>: prints a new API token, the only time that anybody sees it.</summary>
internal static class TokenCommand
{
    private static readonly Argument<string> Name = new("NAME") { Description = "What it is for" };
    private static readonly Option<string> Role = new Option<string>("--role") { Required = true, Description = string.Join(" or ", Roles.All) }.AcceptOnlyFromAmong([.. Roles.All]);

    public static Command Create(HelpdeskCommands.Run run)
    {
        var create = new Command("create", "Create a token for the HTTP API and print it") { Name, Role };
        run(create, CreateAsync);
        return new Command("token", "Tokens of the HTTP API") { create };
    }

    private static async Task<int> CreateAsync(CommandContext context, CancellationToken cancel)
    {
        var outcome = await context.Get<ApiTokens>().CreateAsync(context.Arguments.GetRequiredValue(Name), context.Arguments.GetRequiredValue(Role), cancel);
        if (outcome.Ok)
        {
            context.Terminal.Line(outcome.Value!);
            return ExitCode.Done;
        }

        context.Terminal.Faults(outcome.Errors);
        return ExitCode.Failed;
    }
}
