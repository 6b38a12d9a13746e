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
        var home = Directory.GetParent(maildir)!.FullName;
        foreach (var directory in new[] { home, maildir, Path.Combine(maildir, "tmp"), Path.Combine(maildir, "new"), Path.Combine(maildir, "cur") })
        {
            // A mailbox nobody has opened yet: Dovecot works in it as another user, past our umask.
            if (!Directory.Exists(directory) && !OperatingSystem.IsWindows())
                File.SetUnixFileMode(Directory.CreateDirectory(directory).FullName, (UnixFileMode)0b111_111_111);
        }

        var name = $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}.M{Interlocked.Increment(ref s_sequence):D9}P{Environment.ProcessId}.rig";
        var temporary = Path.Combine(maildir, "tmp", name);
        File.WriteAllBytes(temporary, raw);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(temporary, (UnixFileMode)0b110_110_110); // Dovecot reads it as another user
        File.Move(temporary, Path.Combine(maildir, "new", name));
    }
}
