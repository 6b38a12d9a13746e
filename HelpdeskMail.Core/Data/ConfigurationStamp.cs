using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Routing.Addresses;
using HelpdeskMail.Core.Routing.Filters;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Data;

/// <summary>
/// Gives the configuration that mail is routed by a new stamp, in the very transaction that changes it, so that what was built from it
/// (<see cref="Ingestion.RoutingConfigCache"/>) is built anew on every node from the next mail on. The stamp is random: two writers can't give the same.
/// </summary>
internal static class ConfigurationStamp
{
    private static readonly HashSet<Type> Configuration =
    [
        typeof(Department), typeof(Queue), typeof(Mailbox), typeof(OutboundAccount), typeof(AliasDomain), typeof(RetiredAddress), typeof(RetiredDomain), typeof(Alias), typeof(SystemAddress),
        typeof(Filter), typeof(Setting), typeof(HelpdeskUser),
    ];

    public static void Renew(HelpdeskDb db)
    {
        var changes = db.ChangeTracker.Entries().Any(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted && Configuration.Contains(entry.Metadata.ClrType));
        if (!changes) return;
        var counter = db.Counters.Local.FirstOrDefault(row => row.Name == Counter.Configuration) ?? db.Counters.Attach(new Counter { Name = Counter.Configuration }).Entity;
        counter.Value = Random.Shared.NextInt64(1, long.MaxValue);
        db.Entry(counter).Property(row => row.Value).IsModified = true;
    }

    public static Task<long> ReadAsync(HelpdeskDb db, CancellationToken cancel) =>
        db.Counters.Where(counter => counter.Name == Counter.Configuration).Select(counter => counter.Value).FirstOrDefaultAsync(cancel);
}
