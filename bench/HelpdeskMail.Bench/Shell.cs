using System.Diagnostics;

namespace HelpdeskMail.Bench;

internal static class Shell
{
    public static void Run(string file, params string[] arguments)
    {
        using var process = Process.Start(file, arguments);
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{file} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}
