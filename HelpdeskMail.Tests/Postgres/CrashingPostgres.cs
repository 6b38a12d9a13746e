using System.Diagnostics;
using HelpdeskMail.Core.Data;
using Npgsql;

namespace HelpdeskMail.Tests;

/// <summary>A PostgreSQL of one test that can be made to lose what it has not written to its log: commits of <c>synchronous_commit=off</c> wait there for ten seconds.</summary>
internal sealed class CrashingPostgres : IAsyncDisposable
{
    private readonly string directory;

    private CrashingPostgres(string directory, int port)
    {
        this.directory = directory;
        Options = new DatabaseOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = $"Host=127.0.0.1;Port={port};Username=helpdesk;Database=postgres;Pooling=false" };
    }

    public DatabaseOptions Options { get; }

    public static async Task<CrashingPostgres> StartAsync()
    {
        var home = Path.Combine(Path.GetTempPath(), $"helpdesk-pg-{Guid.NewGuid():N}");
        var server = new CrashingPostgres(home, await PostgresFixture.StartAsync(home));
        await using var connection = new NpgsqlConnection(server.Options.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("ALTER SYSTEM SET wal_writer_delay = '10s'", connection);
        await command.ExecuteNonQueryAsync();
        await server.ControlAsync("restart", "fast");
        return server;
    }

    /// <summary>Ends it as a crash does, and starts it again.</summary>
    public Task CrashAsync() => ControlAsync("restart", "immediate");

    public async ValueTask DisposeAsync()
    {
        await ControlAsync("stop", "immediate");
        await Eventually.DeletedAsync(directory);
    }

    private async Task ControlAsync(string what, string mode)
    {
        var binaries = Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Last();
        string[] control = [Path.Combine(binaries, "pg_ctl"), $"--pgdata={directory}/data", $"--log={directory}/log", "--wait", "--timeout=30", $"--mode={mode}", what];
        string[] command = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", .. control] : control;
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, WorkingDirectory = directory })!;
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(timeout.Token);
        if (process.ExitCode != 0) throw new InvalidOperationException($"pg_ctl {what} ended with {process.ExitCode}; see {directory}/log");
    }
}
