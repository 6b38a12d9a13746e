using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Data;

/// <summary>How a context talks to its provider; the same at run time and at design time.</summary>
internal static class ProviderSetup
{
    /// <summary>SQL Server 2019. Newer levels make EF use types and functions that older servers and servers of the same protocol lack.</summary>
    private const int SqlServerCompatibilityLevel = 150;

    private static readonly SqliteConnectionSetup SqliteConnections = new();

    public static void Configure(DbContextOptionsBuilder builder, DatabaseOptions options)
    {
        _ = options.Provider switch
        {
            DatabaseProvider.Sqlite => builder.UseSqlite(options.ConnectionString, sqlite => Batch(sqlite.MaxBatchSize, options)).AddInterceptors(SqliteConnections),
            DatabaseProvider.PostgreSql => builder.UseNpgsql(options.ConnectionString, npgsql => Batch(npgsql.MaxBatchSize, options)),
            DatabaseProvider.SqlServer => builder.UseSqlServer(options.ConnectionString, server =>
            {
                server.UseCompatibilityLevel(SqlServerCompatibilityLevel);
                Batch(server.MaxBatchSize, options);
            }),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Provider, "Unknown provider"),
        };
        if (options.Provider == DatabaseProvider.PostgreSql) TextSearchTranslation.Postgres.AddTo(builder);
        if (options.Provider == DatabaseProvider.SqlServer) TextSearchTranslation.SqlServer.AddTo(builder);
    }

    private static void Batch<TBuilder>(Func<int, TBuilder> set, DatabaseOptions options)
    {
        if (options.MaxBatchSize is { } size) set(size);
    }
}
