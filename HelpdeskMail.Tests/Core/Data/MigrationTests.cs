using System.Data.Common;
using System.Net;
using System.Net.Sockets;
using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Tickets;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace HelpdeskMail.Tests.Core.Data;

public sealed class MigrationTests
{
    [Fact]
    public void Migrations_OfNoProvider_LagBehindTheModel()
    {
        using var sqlite = new SqliteDesign().CreateDbContext([]);
        using var postgres = new PostgresDesign().CreateDbContext([]);
        using var server = new SqlServerDesign().CreateDbContext([]);

        Assert.All<HelpdeskDb>([sqlite, postgres, server], db =>
        {
            Assert.NotEmpty(db.Database.GetMigrations());
            Assert.Contains("AspNetUserPasskeys", db.Model.GetEntityTypes().Select(type => type.GetTableName())); // Identity's schema version 3
            Assert.False(db.Database.HasPendingModelChanges(), $"{db.GetType().Name}: ./dev.sh migration NAME");
        });
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Migrate_EmptyDatabase_BringsItUpToDateOnce(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.EmptyAsync(provider);
        await using var services = Services(database.Options);
        var migrator = services.GetRequiredService<DatabaseMigrator>();

        Assert.NotEmpty(await migrator.MigrateAsync());
        Assert.Empty(await migrator.MigrateAsync());
        await using var db = Db(services);
        Assert.Equal(0, await db.Tickets.CountAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Migrate_FourNodesAtOnce_AllFindItUpToDate(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.EmptyAsync(provider);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            await using var services = Services(database.Options);
            await services.GetRequiredService<DatabaseMigrator>().MigrateAsync();
            Assert.Empty(await services.GetRequiredService<DatabaseMigrator>().PendingAsync());
        })));
    }

    [Fact]
    public async Task Migrate_SqliteAfterAKillWhileMigrating_IsNotHeldUpByTheLeftLock()
    {
        await using var database = await TestDatabase.EmptyAsync(DatabaseProvider.Sqlite);
        await using var services = Services(database.Options);
        await using (var db = Db(services))
        {
            await db.Database.ExecuteSqlRawAsync("""
                CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2025-01-01');
                """);
        }

        Assert.NotEmpty(await services.GetRequiredService<DatabaseMigrator>().MigrateAsync().WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task Migrate_SqliteInAFolderThatIsNotThere_CreatesItInWalMode()
    {
        await using var database = await TestDatabase.EmptyAsync(DatabaseProvider.Sqlite);
        var options = new DatabaseOptions { ConnectionString = database.Options.ConnectionString.Replace("helpdesk.db", "new/data/helpdesk.db", StringComparison.Ordinal) };
        await using var services = Services(options);

        await services.GetRequiredService<DatabaseMigrator>().MigrateAsync();

        await using var db = Db(services);
        Assert.Equal("wal", await ScalarAsync(db, "PRAGMA journal_mode"));
        Assert.Equal(2L, await ScalarAsync(db, "PRAGMA synchronous")); // FULL
        Assert.Equal(1L, await ScalarAsync(db, "PRAGMA foreign_keys"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Migrate_DatabaseOfANewerVersion_SaysSo(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var services = Services(database.Options);
        await using (var db = Db(services))
        {
            await db.Database.ExecuteSqlRawAsync("""INSERT INTO "__EFMigrationsHistory" VALUES ('20990101000000_Later', '99')""");
        }

        var error = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => services.GetRequiredService<DatabaseMigrator>().MigrateAsync());

        Assert.Contains("20990101000000_Later", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Back to the first version over rows that are there, and forward again.</summary>
    [Theory, OnSqlite, OnPostgres]
    public async Task Migrate_DatabaseOfTheFirstVersionWithMail_KeepsTheMail(DatabaseProvider provider)
    {
        await using var desk = await FlowDesk.StartAsync(provider);
        var first = await desk.TakeAsync("From: ann@customer.example\r\nTo: support@helpdesk.test\r\nSubject: The printer\r\nMessage-ID: <1@customer.example>\r\n\r\nIt burns.\r\n");
        await using (var db = desk.Db())
        {
            await db.GetService<IMigrator>().MigrateAsync(db.Database.GetMigrations().First());
            Assert.Single(await db.Database.GetAppliedMigrationsAsync());
        }

        Assert.NotEmpty(await desk.Get<DatabaseMigrator>().MigrateAsync());

        var reply = await desk.TakeAsync("From: ann@customer.example\r\nTo: support@helpdesk.test\r\nSubject: Re: The printer\r\nIn-Reply-To: <1@customer.example>\r\n\r\nStill.\r\n");
        Assert.Equal(first.TicketId, reply.TicketId);
        await using var after = desk.Db();
        Assert.Equal(["It burns.", "Still."], (await after.TicketMessages.OrderBy(message => message.Id).Select(message => message.Text).ToListAsync()).Select(text => text.Trim()));
    }

    [Theory]
    [InlineData(DatabaseProvider.PostgreSql, "Host=127.0.0.1;Port={0};Database=helpdesk;Username=h;Password=open-sesame;Timeout=5")]
    [InlineData(DatabaseProvider.SqlServer, "Server=127.0.0.1,{0};Database=helpdesk;User Id=h;Password=open-sesame;Connect Timeout=1;ConnectRetryCount=0;TrustServerCertificate=true")]
    [InlineData(DatabaseProvider.Sqlite, "Data Source=/dev/null/helpdesk.db")]
    public async Task Migrate_ServerNotThere_SaysWhereAndKeepsThePassword(DatabaseProvider provider, string connectionString)
    {
        await using var services = Services(new DatabaseOptions { Provider = provider, ConnectionString = string.Format(null, connectionString, ClosedPort()) });

        var error = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => services.GetRequiredService<DatabaseMigrator>().MigrateAsync());

        Assert.Contains(provider == DatabaseProvider.Sqlite ? "/dev/null/helpdesk.db" : "127.0.0.1", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("open-sesame", error.ToString(), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Migrate_PostgresDatabaseThatIsNotThere_IsNotCreatedBehindTheAdministratorsBack()
    {
        await using var database = await TestDatabase.EmptyAsync(DatabaseProvider.PostgreSql);
        var elsewhere = new Npgsql.NpgsqlConnectionStringBuilder(database.Options.ConnectionString) { Database = "no_such_database" }.ConnectionString;
        await using var services = Services(new DatabaseOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = elsewhere });

        var error = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => services.GetRequiredService<DatabaseMigrator>().MigrateAsync());

        Assert.Contains("no_such_database", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SqlServer_Script_CanBeRunAgain()
    {
        using var db = new SqlServerDesign().CreateDbContext([]);

        var script = db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);

        Assert.Contains("CREATE TABLE [Tickets]", script, StringComparison.Ordinal);
        Assert.Contains("IF NOT EXISTS", script, StringComparison.Ordinal);
    }

    /// <summary>Error 1785: SQL Server refuses a table that one delete could reach along two ways. The other two don't mind, so only a look at the model finds it.</summary>
    [Fact]
    public void SqlServer_Model_HasNoTwoCascadesToOneTable()
    {
        using var db = new SqlServerDesign().CreateDbContext([]);

        Assert.All(db.Model.GetEntityTypes(), root =>
        {
            var reached = Reached(root).ToList();
            Assert.Equal(reached.Distinct(), reached);
        });

        static IEnumerable<IEntityType> Reached(IEntityType from) =>
            from.GetReferencingForeignKeys()
                .Where(key => key.DeleteBehavior is DeleteBehavior.Cascade or DeleteBehavior.SetNull)
                .SelectMany(key => Reached(key.DeclaringEntityType).Prepend(key.DeclaringEntityType));
    }

    /// <summary>An index key of more than 1,700 bytes, or over a column without a length, is refused there (Identity's own three-column keys are known to be longer on paper).</summary>
    [Fact]
    public void SqlServer_Model_HasNoIndexKeyTooLongForIt()
    {
        using var db = new SqlServerDesign().CreateDbContext([]);
        var ours = db.Model.GetEntityTypes().Where(type => type.ClrType.Namespace!.StartsWith("HelpdeskMail", StringComparison.Ordinal));

        Assert.All(ours.SelectMany(type => type.GetIndexes()), index => Assert.True(
            index.Properties.Sum(property => property.GetRelationalTypeMapping().ClrType == typeof(string) || property.ClrType == typeof(string) ? 2 * (property.GetMaxLength() ?? 100_000) : 16) <= 1700,
            index.ToString()));
    }

    /// <summary>Microsoft.SqlServer.Server is missing in some feeds, and without it only commands with parameters fail.</summary>
    [Fact]
    public async Task SqlServer_CommandWithParameters_FailsOfTheNetworkNotOfAMissingAssembly()
    {
        var options = new DatabaseOptions
        {
            Provider = DatabaseProvider.SqlServer,
            ConnectionString = $"Server=127.0.0.1,{ClosedPort()};Database=helpdesk;User Id=h;Password=h;Connect Timeout=1;ConnectRetryCount=0;TrustServerCertificate=true",
        };
        await using var services = Services(options);
        await using var db = Db(services);
        var name = "a";

        await Assert.ThrowsAsync<SqlException>(() => db.ApiTokens.Where(token => token.Name == name).ToListAsync());
        await using var command = new SqlCommand("SELECT @a, @b");
        command.Parameters.AddWithValue("@a", name);
        command.Parameters.AddWithValue("@b", new byte[] { 1 });
        command.Connection = new SqlConnection(options.ConnectionString);
        await Assert.ThrowsAsync<SqlException>(() => command.Connection.OpenAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Times_AreReadBackInUtcAndSort(DatabaseProvider provider)
    {
        await using var helpdesk = await TestHelpdesk.StartAsync(provider);
        var noon = new DateTime(2025, 3, 30, 12, 0, 0, DateTimeKind.Utc);
        DateTime[] times = [noon.AddTicks(4_500_000), noon.AddTicks(5_000_000), noon, noon.AddSeconds(-1), noon.AddDays(300)];
        await using (var db = helpdesk.Db())
        {
            foreach (var (at, index) in times.Select((at, index) => (at, index)))
            {
                db.ApiTokens.Add(new ApiToken { Name = "t", Hash = $"{index}", Role = Roles.Agent, CreatedAt = at.ToLocalTime(), LastUsedAt = at.ToLocalTime() });
            }
            await db.SaveChangesAsync();
        }

        await using var again = helpdesk.Db();
        var read = await again.ApiTokens.Where(token => token.LastUsedAt >= noon).OrderBy(token => token.LastUsedAt).ToListAsync();
        Assert.Equal(times.Order().Skip(1), read.Select(token => token.CreatedAt));
        Assert.All(read, token => Assert.Equal((DateTimeKind.Utc, DateTimeKind.Utc), (token.CreatedAt.Kind, token.LastUsedAt!.Value.Kind)));
    }

    private static ServiceProvider Services(DatabaseOptions options) => new ServiceCollection().AddLogging().AddHelpdeskDatabase(options).BuildServiceProvider();

    private static HelpdeskDb Db(IServiceProvider services) => services.GetRequiredService<IDbContextFactory<HelpdeskDb>>().CreateDbContext();

    private static async Task<object?> ScalarAsync(HelpdeskDb db, string sql)
    {
        await db.Database.OpenConnectionAsync();
        await using DbCommand command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // constants of this file
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
