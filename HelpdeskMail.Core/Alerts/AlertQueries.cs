using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Alerts;

/// <summary>Reads alerts, and remembers how far each user has read.</summary>
public sealed class AlertQueries(IDbContextFactory<HelpdeskDb> contexts, LiveUpdates live)
{
    /// <summary>More are not counted.</summary>
    private const int MaxCount = 1000;

    /// <summary>Those for the user alone and, for administrators, those for all of them; newest first.</summary>
    /// <param name="before">Goes on before this alert; null: from the newest on.</param>
    public async Task<IReadOnlyList<Alert>> ListAsync(string? userId, bool administrator, long? before, int count, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await For(db, userId, administrator).AsNoTracking().Where(alert => before == null || alert.Id < before).OrderByDescending(alert => alert.Id).Take(count).ToListAsync(cancel);
    }

    /// <summary>The last alert that the user has read; 0: none.</summary>
    public async Task<long> ReadUpToAsync(string userId, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.AlertReadings.Where(reading => reading.UserId == userId).Select(reading => reading.LastAlertId).FirstOrDefaultAsync(cancel);
    }

    public async Task<int> UnreadAsync(string userId, bool administrator, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var last = await db.AlertReadings.Where(reading => reading.UserId == userId).Select(reading => reading.LastAlertId).FirstOrDefaultAsync(cancel);
        return await For(db, userId, administrator).Where(alert => alert.Id > last).Take(MaxCount).CountAsync(cancel);
    }

    public async Task MarkReadAsync(string userId, long upTo, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (await db.AlertReadings.Where(reading => reading.UserId == userId).ExecuteUpdateAsync(set => set.SetProperty(reading => reading.LastAlertId, reading => reading.LastAlertId > upTo ? reading.LastAlertId : upTo), cancel) == 0)
        {
            db.AlertReadings.Add(new AlertReading { UserId = userId, LastAlertId = upTo });
            try
            {
                await db.SaveChangesAsync(cancel);
            }
            catch (DbUpdateException error) when (DatabaseFault.IsUniqueViolation(error))
            {
                // The same user in another window was first.
            }
        }
        live.Publish(LiveTopic.Mailboxes);
    }

    private static IQueryable<Alert> For(HelpdeskDb db, string? userId, bool administrator) => db.Alerts.Where(alert => (alert.UserId != null && alert.UserId == userId) || (administrator && alert.UserId == null));
}
