using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HelpdeskMail.Core.Fetching;

/// <summary>Names of workers that hold a lease: "place/pid/start/random". The place is a machine's boot and process namespace, so that a worker
/// of the same place whose process is gone can be told from one that lives: after a crash the next start needn't wait for the lease to run out.</summary>
internal static class LeaseOwner
{
    private static readonly ConcurrentDictionary<string, byte> Abandoned = new(StringComparer.Ordinal);

    private static readonly string Place = PlaceHere();

    private static readonly string Process = string.Create(CultureInfo.InvariantCulture, $"{Place}/{Environment.ProcessId}/{StartOf(Environment.ProcessId)}");

    public static string New() => $"{Process}/{RandomNumberGenerator.GetHexString(8, lowercase: true)}";

    /// <summary>For a worker of this process that is done and could not say so in the database.</summary>
    public static void Abandon(string owner) => Abandoned.TryAdd(owner, 0);

    /// <summary>True only where the worker is known to be gone. Workers of other machines are never.</summary>
    public static bool IsGone(string owner)
    {
        if (Abandoned.ContainsKey(owner)) return true;
        if (owner.Split('/') is not [var place, var pid, var start, _] || place != Place) return false;
        return int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && StartOf(id)?.ToString(CultureInfo.InvariantCulture) != start;
    }

    private static long? StartOf(int pid)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(pid);
            return process.StartTime.Ticks / TimeSpan.TicksPerSecond;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null; // no such process
        }
    }

    private static string PlaceHere()
    {
        var place = Environment.MachineName;
        try
        {
            if (OperatingSystem.IsLinux())
            {
                place += File.ReadAllText("/proc/sys/kernel/random/boot_id") + new FileInfo("/proc/self/ns/pid").LinkTarget;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            place += Guid.NewGuid(); // a place of its own: nobody is taken for dead
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(place)).AsSpan(0, 8));
    }
}
