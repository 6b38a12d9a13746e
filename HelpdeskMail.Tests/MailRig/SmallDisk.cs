using System.Diagnostics;

namespace HelpdeskMail.Tests;

/// <summary>A folder on a disk of its own with room for a few megabytes, to be filled up and freed again.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private readonly string folder;

    private SmallDisk(string folder) => this.folder = folder;

    private string Ballast => Path.Combine(folder, "ballast");

    /// <summary>Null where one can be mounted here; otherwise why not.</summary>
    public static string? WhyNot { get; } = Try();

    /// <summary>Mounts it over an existing folder, whose files move onto it.</summary>
    public static async Task<SmallDisk> OverAsync(string folder, int megabytes)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)) files[Path.GetRelativePath(folder, file)] = await File.ReadAllBytesAsync(file);
        if (Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder) != 0) throw new InvalidOperationException($"{folder} could not be mounted.");
        foreach (var (name, bytes) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
            await File.WriteAllBytesAsync(Path.Combine(folder, name), bytes);
        }
        return new SmallDisk(folder);
    }

    /// <summary>As a disk is mounted that has shown errors; nobody may have a file of it open for writing.</summary>
    public void ReadOnly(bool on)
    {
        if (Run("mount", "-o", on ? "remount,ro" : "remount,rw", folder) != 0) throw new InvalidOperationException($"{folder} could not be mounted anew.");
    }

    /// <summary>To the last byte.</summary>
    public void Fill()
    {
        using var file = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.None, 1);
        for (var size = 1024 * 1024; size > 0; size /= 2)
        {
            try
            {
                while (true) file.Write(new byte[size]);
            }
            catch (IOException)
            {
                // Full for pieces of this size.
            }
        }
    }

    public Task GrowAsync(int megabytes) =>
        Run("mount", "-o", $"remount,size={megabytes}m", folder) == 0 ? Task.CompletedTask : throw new InvalidOperationException($"{folder} could not grow.");

    public void Free() => File.Delete(Ballast);

    /// <summary>Lazily: connections of this process that are still pooled keep files of it open.</summary>
    public ValueTask DisposeAsync() => Run("umount", "--lazy", folder) == 0 ? ValueTask.CompletedTask : throw new InvalidOperationException($"{folder} can't be let go of.");

    private static string? Try()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) return "A disk of one's own takes root on Linux.";
        var tried = Directory.CreateTempSubdirectory("helpdesk-disk-").FullName;
        var mounted = Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", tried) == 0;
        if (mounted) Run("umount", tried);
        Directory.Delete(tried);
        return mounted ? null : "This machine lets nobody mount a disk.";
    }

    private static int Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
