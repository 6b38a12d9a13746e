using HelpdeskMail.App.Composition;
using HelpdeskMail.Core;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Settings;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpdeskMail.Tests;

/// <summary>
/// The real domain on a fresh, migrated database of its own, gone with it:
/// <code>
/// [Theory, OnSqlite, OnPostgres]
/// public async Task Something_Happens_IsSo(DatabaseProvider provider)
/// {
///     await using var helpdesk = await TestHelpdesk.StartAsync(provider);
///     var saved = await helpdesk.Get&lt;DepartmentEditor&gt;().SaveDepartmentAsync(new() { Name = "Support" });
///     await using var db = helpdesk.Db();
/// </code>
/// </summary>
public sealed class TestHelpdesk : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly ServiceProvider services;

    private readonly IDataProtectionProvider keys = new EphemeralDataProtectionProvider();

    private TestHelpdesk(TestDatabase database, Action<IServiceCollection>? more)
    {
        this.database = database;
        services = AnotherNode(more);
    }

    public TestClock Clock => Get<TestClock>();

    public DatabaseOptions Database => database.Options;

    /// <param name="provider">SQLite or PostgreSQL.</param>
    /// <param name="more">Further registrations, or others in place of the real ones.</param>
    public static async Task<TestHelpdesk> StartAsync(DatabaseProvider provider = DatabaseProvider.Sqlite, Action<IServiceCollection>? more = null)
    {
        return new TestHelpdesk(await TestDatabase.MigratedAsync(provider), more);
    }

    /// <summary>Another node of the same helpdesk: its own services and clock, the same database and keys. Disposing it leaves the database.</summary>
    public ServiceProvider AnotherNode(Action<IServiceCollection>? more = null) => Node(database.Options, more);

    /// <summary>Another node whose connections the database itself keeps from writing.</summary>
    public ServiceProvider ReadOnlyNode()
    {
        var (provider, connection) = (database.Options.Provider, database.Options.ConnectionString);
        return Node(new DatabaseOptions { Provider = provider, ConnectionString = provider == DatabaseProvider.Sqlite ? $"{connection};Mode=ReadOnly" : $"{connection};Options=-c default_transaction_read_only=on" }, null);
    }

    private ServiceProvider Node(DatabaseOptions options, Action<IServiceCollection>? more)
    {
        var clock = new TestClock();
        var node = new ServiceCollection();
        node.AddLogging();
        node.AddSingleton(clock).AddSingleton<TimeProvider>(clock);
        node.AddSingleton(keys);
        node.AddHelpdeskDatabase(options);
        node.AddSingleton(new MailOptions { AllowedPorts = new PortList("1-65535", [(1, 65535)]) });
        node.AddHelpdeskCore();
        node.AddHelpdeskIdentity();
        more?.Invoke(node);
        return node.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public HelpdeskDb Db() => Get<IDbContextFactory<HelpdeskDb>>().CreateDbContext();

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
    }
}
