namespace HelpdeskMail.Tests;

/// <summary>Whether the private mail servers can run on this machine, and if not, why.</summary>
public static class RigAvailability
{
    private static readonly string[] Needed = ["/usr/sbin/dovecot", "/usr/sbin/postfix", "/usr/bin/doveadm", "/usr/bin/openssl"];

    /// <summary>Null when the rig can run; otherwise a sentence that the skipped tests show.</summary>
    public static string? WhyNot { get; } = Find();

    private static string? Find()
    {
        if (!OperatingSystem.IsLinux())
            return "The mail rig runs on Linux only.";
        if (!Environment.IsPrivilegedProcess)
            return "The mail rig starts Dovecot and Postfix and needs root.";
        var missing = Needed.Where(path => !File.Exists(path)).ToArray();
        return missing.Length == 0
            ? null
            : $"The mail rig misses {string.Join(", ", missing)}: apt-get install dovecot-imapd dovecot-pop3d dovecot-lmtpd postfix openssl";
    }
}
