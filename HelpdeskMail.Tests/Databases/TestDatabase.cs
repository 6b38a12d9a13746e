using HelpdeskMail.Core.Data;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HelpdeskMail.Tests;

/// <summary>A database of one test. Migrating takes longer than most tests, so each is a copy of one that is migrated once per process.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly Lazy<Task<DatabaseOptions>> SqliteTemplate = new(() =>
    {
        var template = EmptySqlite();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(template.folder!, recursive: true);
        return MigrateAsync(template.Options);
    });

    private static readonly Lazy<Task<DatabaseOptions>> PostgresTemplate = new(async () => await MigrateAsync((await EmptyPostgresAsync()).Options));

    private readonly string? folder;

    private TestDatabase(DatabaseProvider provider, string connectionString, string? folder)
    {
        Options = new DatabaseOptions { Provider = provider, ConnectionString = connectionString };
        this.folder = folder;
    }

    public DatabaseOptions Options { get; }

    /// <summary>Up to date and empty.</summary>
    public static async Task<TestDatabase> MigratedAsync(DatabaseProvider provider)
    {
        if (provider == DatabaseProvider.PostgreSql)
        {
            var template = new NpgsqlConnectionStringBuilder((await PostgresTemplate.Value).ConnectionString).Database;
            return await EmptyPostgresAsync(template);
        }
        var database = EmptySqlite();
        File.Copy(FileOf(await SqliteTemplate.Value), FileOf(database.Options));
        return database;
    }

    /// <summary>Nothing in it: on SQLite not even a file.</summary>
    public static async Task<TestDatabase> EmptyAsync(DatabaseProvider provider) => provider switch
    {
        DatabaseProvider.Sqlite => EmptySqlite(),
        DatabaseProvider.PostgreSql => await EmptyPostgresAsync(),
        DatabaseProvider.SqlServer or _ => throw new ArgumentOutOfRangeException(nameof(provider), provider, "No server of this kind runs in the tests"),
    };

    public async ValueTask DisposeAsync()
    {
        if (folder is null)
        {
            await PostgresFixture.DropDatabaseAsync(Options.ConnectionString);
            return;
        }
        await using (var connection = new SqliteConnection(Options.ConnectionString))
        {
            SqliteConnection.ClearPool(connection);
        }
        await Eventually.DeletedAsync(folder);
    }

    private static TestDatabase EmptySqlite()
    {
        var own = Directory.CreateTempSubdirectory("helpdesk-db-").FullName;
        return new TestDatabase(DatabaseProvider.Sqlite, $"Data Source={Path.Combine(own, "helpdesk.db")}", own);
    }

    private static async Task<TestDatabase> EmptyPostgresAsync(string? template = null)
    {
        var server = new PostgresFixture();
        await server.InitializeAsync();
        return new TestDatabase(DatabaseProvider.PostgreSql, await server.CreateDatabaseAsync(template), folder: null);
    }

    private static async Task<DatabaseOptions> MigrateAsync(DatabaseOptions options)
    {
        await using (var services = new ServiceCollection().AddLogging().AddHelpdeskDatabase(options).BuildServiceProvider())
        {
            await services.GetRequiredService<DatabaseMigrator>().MigrateAsync();
        }
        if (options.Provider == DatabaseProvider.Sqlite)
        {
            await using var connection = new SqliteConnection(options.ConnectionString);
            SqliteConnection.ClearPool(connection); // closing the last connection brings the write-ahead log into the file
        }
        return options;
    }

    private static string FileOf(DatabaseOptions options) => new SqliteConnectionStringBuilder(options.ConnectionString).DataSource;
}
