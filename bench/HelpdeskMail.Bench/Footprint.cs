using System.Diagnostics;
using System.Globalization;

namespace HelpdeskMail.Bench;

/// <summary>What a process takes of the machine. Megabytes are of resident memory; the peak is the highest so far.</summary>
internal sealed record Footprint(int Threads, double Megabytes, double PeakMegabytes, double CpuSeconds)
{
    public static Footprint Of(int pid)
    {
        using var process = Process.GetProcessById(pid);
        return new Footprint(process.Threads.Count, process.WorkingSet64 / 1e6, PeakOf(pid), CpuOf(pid));
    }

    /// <summary>VmHWM: the highest resident set so far, kept by the kernel. 0 for a process that is gone.</summary>
    public static double PeakOf(int pid)
    {
        var line = Read($"/proc/{pid}/status").Split('\n').FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>utime and stime, in hundredths of a second (proc(5)); .NET forgets them when the process ends.</summary>
    public static double CpuOf(int pid)
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
