using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpdeskMail.Core.Data;

/// <summary>Puts the chosen provider's context behind <see cref="IDbContextFactory{HelpdeskDb}"/>.</summary>
public static class DatabaseRegistration
{
    public static IServiceCollection AddHelpdeskDatabase(this IServiceCollection services, DatabaseOptions options)
    {
        _ = options.Provider switch
        {
            DatabaseProvider.Sqlite => Add<SqliteDb>(services, builder => builder.UseSqlite(options.ConnectionString, sqlite => Batch(sqlite.MaxBatchSize, options))),
            DatabaseProvider.PostgreSql => Add<PostgresDb>(services, builder => builder.UseNpgsql(options.ConnectionString, npgsql => Batch(npgsql.MaxBatchSize, options))),
            DatabaseProvider.SqlServer => Add<SqlServerDb>(services, builder => builder.UseSqlServer(options.ConnectionString, server => Batch(server.MaxBatchSize, options))),
            _ => throw new ArgumentOutOfRangeException(nameof(options)),
        };
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<HelpdeskDb>>().CreateDbContext());
        return services;
    }

    private static IServiceCollection Add<TContext>(IServiceCollection services, Action<DbContextOptionsBuilder> configure)
        where TContext : HelpdeskDb
    {
        services.AddDbContextFactory<TContext>(configure);
        return services.AddSingleton<IDbContextFactory<HelpdeskDb>, HelpdeskDbFactory<TContext>>();
    }

    private static void Batch<TBuilder>(Func<int, TBuilder> set, DatabaseOptions options)
    {
        if (options.MaxBatchSize is { } size) set(size);
    }
}
