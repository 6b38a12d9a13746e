using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;

namespace HelpdeskMail.Core.Data;

// What "dotnet ef" creates to compare the model with the migrations. Nothing of it connects anywhere.

internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteDb>
{
    public SqliteDb CreateDbContext(string[] args) => new(DesignOptions.For<SqliteDb>(DatabaseProvider.Sqlite, "Data Source=:memory:"));
}

internal sealed class PostgresDesign : IDesignTimeDbContextFactory<PostgresDb>
{
    public PostgresDb CreateDbContext(string[] args) => new(DesignOptions.For<PostgresDb>(DatabaseProvider.PostgreSql, "Host=localhost"));
}

internal sealed class SqlServerDesign : IDesignTimeDbContextFactory<SqlServerDb>
{
    public SqlServerDb CreateDbContext(string[] args) => new(DesignOptions.For<SqlServerDb>(DatabaseProvider.SqlServer, "Server=localhost"));
}

internal static class DesignOptions
{
    public static DbContextOptions<TContext> For<TContext>(DatabaseProvider provider, string connectionString)
        where TContext : HelpdeskDb
    {
        var builder = new DbContextOptionsBuilder<TContext>();
        builder.UseApplicationServiceProvider(new ServiceCollection().AddHelpdeskModel().BuildServiceProvider());
        ProviderSetup.Configure(builder, new DatabaseOptions { Provider = provider, ConnectionString = connectionString });
        return builder.Options;
    }
}
