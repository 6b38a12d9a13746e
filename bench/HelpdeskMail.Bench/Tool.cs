using System.Diagnostics;
using System.Globalization;

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
            peak = Math.Max(peak, PeakOf(process.Id));
            cpu = Math.Max(cpu, CpuOf(process.Id));
            await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(20));
        }
        return new Result(process.ExitCode, await output, Stopwatch.GetElapsedTime(started).TotalSeconds, cpu, peak);
    }

    /// <summary>VmHWM: the highest resident set so far, kept by the kernel. Megabytes.</summary>
    private static double PeakOf(int pid)
    {
        var line = Read($"/proc/{pid}/status").Split('\n').FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>utime and stime, in hundredths of a second (proc(5)); .NET forgets them when the process ends.</summary>
    private static double CpuOf(int pid)
    {
        var fields = Read($"/proc/{pid}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length < 13 ? 0 : (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / 100;
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return ""; // gone
        }
    }
}
