using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace HelpdeskMail.Core.Data;

/// <summary>Puts the chosen provider's context behind <see cref="IDbContextFactory{HelpdeskDb}"/>.</summary>
public static class DatabaseRegistration
{
    public static IServiceCollection AddHelpdeskDatabase(this IServiceCollection services, DatabaseOptions options)
    {
        _ = options.Provider switch
        {
            DatabaseProvider.Sqlite => Add<SqliteDb>(services, options),
            DatabaseProvider.PostgreSql => Add<PostgresDb>(services, options),
            DatabaseProvider.SqlServer => Add<SqlServerDb>(services, options),
            _ => throw new ArgumentOutOfRangeException(nameof(options)),
        };
        services.AddHelpdeskModel();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(options);
        services.AddSingleton<DatabaseMigrator>();
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<HelpdeskDb>>().CreateDbContext());
        return services;
    }

    /// <summary>Identity reads the shape of its tables (version 3: passkeys) from these options, at design time as at run time.</summary>
    internal static IServiceCollection AddHelpdeskModel(this IServiceCollection services) =>
        services.Configure<IdentityOptions>(identity => identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3);

    private static IServiceCollection Add<TContext>(IServiceCollection services, DatabaseOptions options)
        where TContext : HelpdeskDb
    {
        services.AddDbContextFactory<TContext>(builder => ProviderSetup.Configure(builder, options));
        return services.AddSingleton<IDbContextFactory<HelpdeskDb>, HelpdeskDbFactory<TContext>>();
    }
}
