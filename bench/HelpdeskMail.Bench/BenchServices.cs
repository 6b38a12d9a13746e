using HelpdeskMail.Core;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Settings;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpdeskMail.Bench;

/// <summary>Core without the portal.</summary>
internal static class BenchServices
{
    public static ServiceCollection Of(DatabaseOptions database)
    {
        var services = new ServiceCollection();
        services.AddLogging()
            .AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider())
            .AddHelpdeskDatabase(database)
            .AddHelpdeskCore()
            .AddSingleton(new MailOptions());
        return services;
    }

    public static async Task<HelpdeskDb> OpenAsync(IServiceProvider services) => await services.GetRequiredService<IDbContextFactory<HelpdeskDb>>().CreateDbContextAsync();

    /// <summary>A queue and a mailbox to it; returns their ids.</summary>
    public static async Task<(long Queue, long Mailbox)> SetUpAsync(IServiceProvider services, string name)
    {
        await using var db = await OpenAsync(services);
        var queue = new Queue { Name = name, Color = "#1e88e5", Department = new Department { Name = name } };
        db.Add(queue);
        await db.SaveChangesAsync();
        var mailbox = new Mailbox { Name = name, Address = $"{name}@bench.example", Host = "memory", UserName = name, QueueId = queue.Id, FirstFetch = "all", Validity = Validity.Invalid };
        db.Add(mailbox);
        await db.SaveChangesAsync();
        return (queue.Id, mailbox.Id);
    }
}
