using System.Runtime.InteropServices;

namespace HelpdeskMail.Core.Data;

/// <summary>What the C library holds beside the managed heap: SQLite's pages, mostly.</summary>
internal static class NativeMemory
{
    /// <summary>Gives back to the system what is free (glibc's malloc_trim(3); milliseconds). It keeps an arena for each of many threads, and in each what SQLite's
    /// caches once took: 50 to 100 MB of a portal that fetched some ten thousand mails. Does nothing elsewhere.</summary>
    public static void GiveBack()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = Trim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // another C library (musl)
        }
    }

    [DllImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Trim(nuint pad);
}
