namespace HelpdeskMail.Tests;

/// <summary>Looks into, and puts into, a user's Maildir on disk: what the server really holds, whatever a client says.</summary>
internal static class RigMaildir
{
    private static int s_sequence;

    public static IReadOnlyList<RigMail> Read(string maildir)
    {
        var mails = new List<RigMail>();
        foreach (var box in new[] { "cur", "new" })
        {
            var directory = new DirectoryInfo(Path.Combine(maildir, box));
            if (!directory.Exists)
                continue;
            foreach (var file in directory.EnumerateFiles())
            {
                try
                {
                    mails.Add(new RigMail(file.Name, File.ReadAllBytes(file.FullName)));
                }
                catch (IOException)
                {
                    // Dovecot renamed it (a flag, or new → cur) between listing and reading: the next look sees it.
                }
            }
        }
        return [.. mails.OrderBy(mail => mail.FileName, StringComparer.Ordinal)];
    }

    /// <summary>As a delivery agent does it: written to tmp, renamed into new. The names sort in the order of the calls.</summary>
    public static void Put(string maildir, byte[] raw)
    {
        foreach (var box in new[] { "tmp", "new", "cur" })
            Directory.CreateDirectory(Path.Combine(maildir, box));
        var name = $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}.M{Interlocked.Increment(ref s_sequence):D9}P{Environment.ProcessId}.rig";
        var temporary = Path.Combine(maildir, "tmp", name);
        File.WriteAllBytes(temporary, raw);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(temporary, (UnixFileMode)0b110_110_110); // Dovecot reads it as another user
        File.Move(temporary, Path.Combine(maildir, "new", name));
    }
}
