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

    /// <summary>.NET forgets it when the process ends.</summary>
    public static double CpuOf(int pid) => Times(pid, 2);

    /// <summary>Processor time of a server whose work is done by children: its own, that of children which have ended, and that of those which live.</summary>
    public static double CpuOfServer(int pid) =>
        Times(pid, 4) + Read($"/proc/{pid}/task/{pid}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Sum(child => Times(int.Parse(child, CultureInfo.InvariantCulture), 2));

    /// <summary>The first of utime, stime, cutime and cstime, in hundredths of a second (proc(5)).</summary>
    private static double Times(int pid, int count)
    {
        var fields = Read($"/proc/{pid}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length < 15 ? 0 : fields[11..(11 + count)].Sum(field => double.Parse(field, CultureInfo.InvariantCulture)) / 100;
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
