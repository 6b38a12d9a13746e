using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Outbound;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Notices;

/// <summary>Of the notices that are due, those that go out: their kind is switched on, an account can send them, and the address had none of the kind for a day.</summary>
internal static class NoticePermits
{
    private static readonly TimeSpan Pause = TimeSpan.FromDays(1);

    public static async Task<List<(Notice Notice, ReplySender Sender)>> FilterAsync(HelpdeskDb db, IReadOnlyCollection<Notice> due, DateTime now, CancellationToken cancel)
    {
        var off = await NoticeSwitches.OffAsync(db, cancel);
        var since = now - Pause;
        var addresses = due.Select(notice => notice.Mail.From.Address).Distinct(StringComparer.Ordinal).ToArray();
        var told = (await db.SentNotices.Where(notice => EF.Parameter(addresses).Contains(notice.Address) && notice.SentAt > since).Select(notice => new { notice.Kind, notice.Address }).ToListAsync(cancel))
            .Select(notice => (notice.Kind, notice.Address)).ToHashSet();
        var asked = new HashSet<(NoticeKind, string)>();
        var senders = new Dictionary<(long?, long?), ReplySender?>();
        var permitted = new List<(Notice, ReplySender)>();
        foreach (var notice in due)
        {
            if (off.Contains(notice.Kind) || !(notice.Asked ? asked : told).Add((notice.Kind, notice.Mail.From.Address))) continue;
            var key = (notice.MailboxId, notice.QueueId);
            if (!senders.TryGetValue(key, out var sender)) senders[key] = sender = await ReplyRoute.OfAsync(db, notice.MailboxId, notice.QueueId, cancel);
            if (sender is not null) permitted.Add((notice, sender));
        }
        return permitted;
    }
}
