using System.Diagnostics;

namespace HelpdeskMail.Tests.App.Cli;

/// <summary>The executable as a script starts it.</summary>
internal static class Executable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly string App = Path.Combine(AppContext.BaseDirectory, "HelpdeskMail.App.dll");

    public static async Task<CommandResult> RunAsync(string folder, string[] arguments, string input = "", params (string Name, string Value)[] environment)
    {
        using var process = Start(folder, arguments, environment);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var timeout = new CancellationTokenSource(Deadline);
        var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
        var error = process.StandardError.ReadToEndAsync(timeout.Token);
        await process.WaitForExitAsync(timeout.Token);
        return new CommandResult(process.ExitCode, await output, await error);
    }

    public static Process Start(string folder, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [App, .. arguments]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
