using System.Globalization;
using System.Net;
using System.Net.Sockets;
using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HelpdeskMail.Bench;

/// <summary>A database of a run: a SQLite file, or one of a private PostgreSQL that is gone with this process.</summary>
internal sealed class BenchDatabase
{
    private BenchDatabase(DatabaseProvider provider, string connectionString) => Options = new DatabaseOptions { Provider = provider, ConnectionString = connectionString };

    public DatabaseOptions Options { get; }

    public bool IsPostgres => Options.Provider == DatabaseProvider.PostgreSql;

    public static BenchDatabase Sqlite(string file) => new(DatabaseProvider.Sqlite, $"Data Source={file}");

    public static async Task<BenchDatabase> PostgresAsync(string directory)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        Shell.Run("bash", Path.Combine(AppContext.BaseDirectory, "Postgres", "postgres.sh"), "up", Path.Combine(directory, "pg"), port.ToString(CultureInfo.InvariantCulture), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        var database = new BenchDatabase(DatabaseProvider.PostgreSql, $"Host=127.0.0.1;Port={port};Username=helpdesk;Database=postgres;Command Timeout=600");
        await database.ExecuteAsync("CREATE DATABASE seed");
        return database.Of("seed");
    }

    /// <summary>A copy for one run; nobody may be connected to this one.</summary>
    public async Task<BenchDatabase> CopyAsync(string name, string directory)
    {
        if (!IsPostgres)
        {
            var target = Path.Combine(directory, name + ".db");
            var source = Options.ConnectionString["Data Source=".Length..];
            if (File.Exists(source)) File.Copy(source, target);
            return Sqlite(target);
        }
        NpgsqlConnection.ClearAllPools();
        await Of("postgres").ExecuteAsync($"CREATE DATABASE {name} TEMPLATE seed STRATEGY file_copy");
        return Of(name);
    }

    public HelpdeskDb Open()
    {
        if (IsPostgres) return new PostgresDb(new DbContextOptionsBuilder<PostgresDb>().UseNpgsql(Options.ConnectionString).Options);
        return new SqliteDb(new DbContextOptionsBuilder<SqliteDb>().UseSqlite(Options.ConnectionString).Options);
    }

    private BenchDatabase Of(string name) => new(DatabaseProvider.PostgreSql, new NpgsqlConnectionStringBuilder(Options.ConnectionString) { Database = name }.ConnectionString);

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Options.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // our own names
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
