using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Notices;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Agents;

/// <summary>Reads and saves what each user wants to be told of by mail (P13); everything is off until he says so.</summary>
public sealed class AgentNotificationDesk(IDbContextFactory<HelpdeskDb> contexts)
{
    /// <summary>Null: there is no such user.</summary>
    public async Task<AgentNotificationView?> GetAsync(string userId, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (await db.Users.AsNoTracking().FirstOrDefaultAsync(row => row.Id == userId, cancel) is not { } user) return null;
        var departments = await db.Departments.Select(row => new { row.Id, row.Name }).ToListAsync(cancel);
        var off = await NoticeSwitches.OffAsync(db, cancel);
        var own = user.Email is { } address && await db.Mailboxes.AnyAsync(row => row.Address.ToLower() == address.ToLower(), cancel);
        return new AgentNotificationView(
            user.Email ?? "",
            new AgentNotification { Messages = user.NotifyMessages, Notes = user.NotifyNotes, Departments = [.. user.NotifyDepartments ?? []] },
            [.. departments.OrderBy(row => row.Name, ByName.Comparer).Select(row => (row.Id, row.Name))],
            [.. off.Where(kind => kind is NoticeKind.AgentTicket or NoticeKind.AgentMessage or NoticeKind.AgentNote)],
            own,
            await SettingsStore.GetAsync(db, Parameters.AgentsAnswer, cancel));
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
/// <param name="IsOwnAddress">The address is one of our mailboxes: nothing is sent there.</param>
/// <param name="MayAnswer">Answers by mail go to customers.</param>
public sealed record AgentNotificationView(string Address, AgentNotification Wanted, IReadOnlyList<(long Id, string Name)> Departments, IReadOnlyList<NoticeKind> Off, bool IsOwnAddress, bool MayAnswer);
