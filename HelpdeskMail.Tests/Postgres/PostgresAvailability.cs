namespace HelpdeskMail.Tests;

/// <summary>Whether a private PostgreSQL can run on this machine, and if not, why.</summary>
public static class PostgresAvailability
{
    private const string Debian = "/usr/lib/postgresql";

    /// <summary>Null when it can run; otherwise a sentence that the skipped tests show.</summary>
    public static string? WhyNot { get; } =
        Directory.Exists(Debian) && Directory.EnumerateDirectories(Debian).Any(version => File.Exists(Path.Combine(version, "bin", "initdb")))
            ? null
            : $"No PostgreSQL server under {Debian}: apt-get install postgresql";
}
