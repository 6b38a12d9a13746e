using Bunit;
using HelpdeskMail.Core;
using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Discovery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Radzen;

namespace HelpdeskMail.Tests.App.Components;

/// <summary>Renders the portal's components with the real texts, the real domain on a SQLite database of its own, and somebody logged in.</summary>
public sealed class PortalContext : BunitContext, IAsyncDisposable
{
    private readonly TestDatabase database;

    private PortalContext(TestDatabase database, string role)
    {
        this.database = database;
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLocalization();
        Services.AddRadzenComponents();
        Services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        Services.AddHelpdeskDatabase(database.Options);
        Services.AddSingleton<IDiscoveryNetwork>(new SilentNetwork());
        Services.AddHelpdeskCore();
        this.AddAuthorization().SetAuthorized("ada@example.test").SetRoles(role);
    }

    public static async Task<PortalContext> StartAsync(string role = Roles.Administrator) => new(await TestDatabase.MigratedAsync(DatabaseProvider.Sqlite), role);

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>A department with one queue of the given name; the queue's id.</summary>
    public async Task<long> QueueAsync(string name = "Support")
    {
        var department = await Get<DepartmentEditor>().SaveDepartmentAsync(new DepartmentDraft { Name = name });
        return (await Get<DepartmentEditor>().SaveQueueAsync(new QueueDraft { DepartmentId = department.Value, Name = name })).Value;
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
    }
}
