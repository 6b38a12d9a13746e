using System.Diagnostics;

namespace HelpdeskMail.Bench;

/// <summary>Runs the app's executable and watches its memory.</summary>
internal static class Tool
{
    public sealed record Result(int ExitCode, string Output, double Seconds, double CpuSeconds, double PeakMegabytes);

    public static async Task<Result> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "HelpdeskMail.App.dll"), .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var (peak, cpu) = (0.0, 0.0);
        while (!process.HasExited)
        {
            peak = Math.Max(peak, Footprint.PeakOf(process.Id));
            cpu = Math.Max(cpu, Footprint.CpuOf(process.Id));
            await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(20));
        }
        return new Result(process.ExitCode, await output, Stopwatch.GetElapsedTime(started).TotalSeconds, cpu, peak);
    }
}
