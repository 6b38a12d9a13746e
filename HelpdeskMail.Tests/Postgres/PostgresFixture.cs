using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Xunit;

namespace HelpdeskMail.Tests;

/// <summary>
/// A private PostgreSQL, shared by all classes of a test process and gone with it. Use as <c>IClassFixture&lt;PostgresFixture&gt;</c>
/// with <see cref="PostgresFactAttribute"/>, one fresh database a test.
/// </summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private static readonly SemaphoreSlim Gate = new(1);
    private static int? s_port;
    private int? _port;

    public async Task InitializeAsync()
    {
        if (PostgresAvailability.WhyNot is not null)
            return; // every [PostgresFact] is skipped with that reason
        await Gate.WaitAsync();
        try
        {
            _port = s_port ??= await StartAsync(Path.Combine(Path.GetTempPath(), $"helpdesk-pg-{Environment.ProcessId}"));
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>The server stays for the next class; the watchdog of postgres.sh ends it.</summary>
    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>An empty database, or a copy of <paramref name="template"/>, which nobody may be connected to; returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync(string? template = null)
    {
        var name = $"t_{Guid.NewGuid():N}";
        await ExecuteAsync(ConnectionString("postgres"), $"CREATE DATABASE {name} TEMPLATE {template ?? "template1"}");
        return ConnectionString(name);
    }

    /// <summary>Removes what <see cref="CreateDatabaseAsync"/> made: each takes eight megabytes and more.</summary>
    public static Task DropDatabaseAsync(string connectionString)
    {
        var parts = new NpgsqlConnectionStringBuilder(connectionString);
        var name = parts.Database;
        parts.Database = "postgres";
        return ExecuteAsync(parts.ConnectionString, $"DROP DATABASE {name} WITH (FORCE)");
    }

    /// <summary>Changes it for all who connect from now on, and throws out whoever is connected.</summary>
    public static Task AlterDatabaseAsync(string connectionString, string what)
    {
        var parts = new NpgsqlConnectionStringBuilder(connectionString);
        var name = parts.Database;
        parts.Database = "postgres";
        return ExecuteAsync(parts.ConnectionString, $"ALTER DATABASE {name} {what}; SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the names in it are made of hex digits above
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>No pooling: hundreds of databases of one test each would keep hundreds of connections.</summary>
    private string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = _port ?? throw new InvalidOperationException("PostgreSQL is not running; is the test a [PostgresFact]?"),
        Username = "helpdesk",
        Database = database,
        Pooling = false,
        Timeout = 15,
    }.ConnectionString;

    /// <summary>A server of its own, gone with this process; returns its port.</summary>
    internal static async Task<int> StartAsync(string directory)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Postgres", "postgres.sh");
        var port = FreePort();
        string[] arguments = [script, "up", directory, port.ToString(CultureInfo.InvariantCulture), Environment.ProcessId.ToString(CultureInfo.InvariantCulture)];
        using var process = Process.Start(new ProcessStartInfo("/bin/bash", arguments) { UseShellExecute = false })!;
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(timeout.Token);
        return process.ExitCode == 0 ? port : throw new InvalidOperationException($"PostgreSQL did not start; see {directory}/*.out and log");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
