using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Notices;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Agents;

/// <summary>Reads and saves what each user wants to be told of by mail (P13); everything is off until he says so.</summary>
public sealed class AgentNotificationDesk(IDbContextFactory<HelpdeskDb> contexts, RoutingConfigCache configs)
{
    /// <summary>Null: there is no such user.</summary>
    public async Task<AgentNotificationView?> GetAsync(string userId, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (await db.Users.AsNoTracking().FirstOrDefaultAsync(row => row.Id == userId, cancel) is not { } user) return null;
        var departments = await db.Departments.Select(row => new { row.Id, row.Name }).ToListAsync(cancel);
        var off = await NoticeSwitches.OffAsync(db, cancel);
        var config = await configs.GetAsync(db, cancel);
        return new AgentNotificationView(
            user.Email ?? "",
            new AgentNotification { Messages = user.NotifyMessages, Notes = user.NotifyNotes, Departments = [.. user.NotifyDepartments ?? []] },
            [.. departments.OrderBy(row => row.Name, ByName.Comparer).Select(row => (row.Id, row.Name))],
            [.. off.Where(kind => kind is NoticeKind.AgentTicket or NoticeKind.AgentMessage or NoticeKind.AgentNote)],
            user.Email is { } address && config.Addresses.IsOwn(address),
            config.AgentsAnswer);
    }

    /// <returns>True; or faults: "".</returns>
    public async Task<Outcome<bool>> SaveAsync(string userId, AgentNotification wanted, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (await db.Users.FirstOrDefaultAsync(row => row.Id == userId, cancel) is not { } user) return Faults.Of("", "This user is not there any more.");
        var known = await db.Departments.Select(row => row.Id).ToListAsync(cancel);
        (user.NotifyMessages, user.NotifyNotes) = (wanted.Messages, wanted.Notes);
        user.NotifyDepartments = wanted.Departments.Where(known.Contains).Order().ToList() is { Count: > 0 } some ? some : null;
        await db.SaveChangesAsync(cancel);
        return true;
    }
}

/// <summary>What the page shows besides the choice itself.</summary>
/// <param name="Address">Where the mails go.</param>
/// <param name="Off">Kinds that an administrator has switched off for everybody.</param>
/// <param name="IsOwnAddress">The address is one that our mail comes in at: nothing is sent there.</param>
/// <param name="MayAnswer">Answers by mail go to customers.</param>
public sealed record AgentNotificationView(string Address, AgentNotification Wanted, IReadOnlyList<(long Id, string Name)> Departments, IReadOnlyList<NoticeKind> Off, bool IsOwnAddress, bool MayAnswer);
