using System.Runtime.InteropServices;

namespace HelpdeskMail.Tests.Core.Data;

/// <summary>How much of a file the system has taken and not yet put on the disk: cachestat(2), Linux 6.5.</summary>
internal static class UnwrittenPages
{
    private const long CacheStat = 451;

    /// <summary>Why it can't be told here; null where it can: a file just written has such pages, and none when it was synced.</summary>
    public static string? WhyNot { get; } = Try();

    /// <summary>Pages that are dirty or being written.</summary>
    public static ulong Of(string file)
    {
        using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var whole = default(Range);
        var (result, found) = (Call(CacheStat, (int)handle.DangerousGetHandle(), in whole, out var counts, 0), Marshal.GetLastPInvokeError());
        return result == 0 ? counts.Dirty + counts.Writeback : throw new NotSupportedException($"cachestat: error {found}");
    }

    private static string? Try()
    {
        if (!OperatingSystem.IsLinux()) return "Only Linux tells what of a file is not on the disk.";
        var file = Path.GetTempFileName();
        try
        {
            using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            RandomAccess.Write(handle, new byte[100_000], 0);
            var before = Of(file);
            RandomAccess.FlushToDisk(handle);
            return before > 0 && Of(file) == 0 ? null : $"The file system of {Path.GetTempPath()} does not tell what of a file is not on the disk.";
        }
        catch (NotSupportedException fault)
        {
            return $"This Linux does not tell what of a file is not on the disk ({fault.Message}); 6.5 and later do.";
        }
        finally
        {
            File.Delete(file);
        }
    }

    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern long Call(long number, int descriptor, in Range range, out Counts counts, uint flags);

    /// <summary>All zero: the whole file.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Range
    {
        public ulong Offset;
        public ulong Length;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Counts
    {
        public ulong Cached;
        public ulong Dirty;
        public ulong Writeback;
        public ulong Evicted;
        public ulong RecentlyEvicted;
    }
}

/// <summary>A fact that looks at what of a file is on the disk; skipped, with the reason, where that can't be told.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnwrittenPagesFactAttribute : Xunit.FactAttribute
{
    public UnwrittenPagesFactAttribute() => Skip = UnwrittenPages.WhyNot;
}
