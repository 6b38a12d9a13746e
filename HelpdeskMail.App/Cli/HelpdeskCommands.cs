using HelpdeskMail.App.Composition;
using HelpdeskMail.Core.Data;

namespace HelpdeskMail.App.Cli;

/// <summary>The command line.</summary>
internal static class HelpdeskCommands
{
    public static async Task<int> RunAsync(string[] args)
    {
        _ = args;
        try
        {
            await using var app = HelpdeskApp.Build();
            await app.RunAsync();
            return 0;
        }
        catch (SettingsException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
        catch (DatabaseUnavailableException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
