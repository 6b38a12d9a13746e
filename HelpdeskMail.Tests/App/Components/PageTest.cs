using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using HelpdeskMail.App.Components.Pages.Tickets;
using HelpdeskMail.Core;
using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Customers;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Discovery;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Core.Tickets;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Radzen;

namespace HelpdeskMail.Tests.App.Components;

/// <summary>A page of the portal, rendered over the real domain on a database of its own, looked at by an administrator.</summary>
internal sealed class PageTest : BunitContext
{
    public const string Me = "ada-1";
    private readonly TestDatabase database;

    private PageTest(TestDatabase database)
    {
        this.database = database;
        JSInterop.Mode = JSRuntimeMode.Loose;
        Script = JSInterop.SetupModule("/desk.js");
        Script.Mode = JSRuntimeMode.Loose;
        Services.AddLogging().AddLocalization().AddRadzenComponents();
        Services.AddSingleton(TimeProvider.System).AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        Services.AddHelpdeskDatabase(database.Options);
        Services.AddSingleton<IDiscoveryNetwork>(new SilentNetwork());
        Services.AddHelpdeskCore();
        Services.TryAddSingleton(new MailOptions { AllowedPorts = new PortList("1-65535", [(1, 65535)]) });
        Services.AddScoped<ReplyDrafts>();
        this.AddAuthorization().SetAuthorized("ada@helpdesk.test").SetRoles(Roles.Administrator).SetClaims(new Claim(ClaimTypes.NameIdentifier, Me));
    }

    /// <summary>What desk.js answers.</summary>
    public BunitJSModuleInterop Script { get; }

    public BunitNavigationManager Navigation => (BunitNavigationManager)Services.GetRequiredService<NavigationManager>();

    public LiveUpdates Live => Services.GetRequiredService<LiveUpdates>();

    public static async Task<PageTest> StartAsync() => new(await TestDatabase.MigratedAsync(DatabaseProvider.Sqlite));

    public HelpdeskDb Db() => Services.GetRequiredService<IDbContextFactory<HelpdeskDb>>().CreateDbContext();

    /// <summary>A ticket of Anna's in the queue Support, which is made on first use.</summary>
    public async Task<Ticket> AddTicketAsync(string subject, Action<Ticket>? change = null)
    {
        await using var db = Db();
        var queue = await db.Queues.FirstOrDefaultAsync();
        if (queue is null)
        {
            queue = new Queue { Name = "Support", Color = "#1e88e5", Department = new Department { Name = "Customer service" } };
            db.Add(queue);
            db.Add(new Customer { Name = "Anna", Address = "anna@example.org", CreatedAt = DateTime.UtcNow });
            await db.SaveChangesAsync();
        }

        var count = await db.Tickets.CountAsync();
        var at = DateTime.UtcNow.AddMinutes(-100 + count);
        var ticket = new Ticket
        {
            Number = TicketNumber.FromCounter(count + 1).Value,
            Subject = subject,
            QueueId = queue.Id,
            CustomerId = (await db.Customers.FirstAsync()).Id,
            CameInDepartmentId = queue.DepartmentId,
            CreatedAt = at,
            UpdatedAt = at,
            MessageCount = 1,
        };
        change?.Invoke(ticket);
        db.Add(ticket);
        await db.SaveChangesAsync();
        return ticket;
    }

    /// <summary>Lets the tickets' department answer from support@helpdesk.test.</summary>
    public async Task AddOutboundAccountAsync()
    {
        await using var db = Db();
        var account = new OutboundAccount { Name = "support-smtp", Address = "support@helpdesk.test", DisplayName = "Support", Host = "localhost", Port = 465 };
        db.Add(account);
        await db.SaveChangesAsync();
        await db.Departments.ExecuteUpdateAsync(set => set.SetProperty(department => department.OutboundAccountId, account.Id));
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await database.DisposeAsync();
    }
}
