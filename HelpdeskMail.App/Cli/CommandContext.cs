using System.CommandLine;

namespace HelpdeskMail.App.Cli;

/// <summary>What every command gets: its arguments, where to write, and the services of the application on the settings in force.</summary>
internal sealed record CommandContext(ParseResult Arguments, Terminal Terminal, IServiceProvider Services)
{
    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();
}
