using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Notices;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Mail.Addresses;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Alerts;

/// <summary>Takes an alert down, and mails it to the administrators where that is wished and possible.</summary>
internal static class AlertWriter
{
    /// <param name="db">In the transaction; saved by the caller.</param>
    /// <param name="alert">For the page.</param>
    /// <param name="subject">Of the mail.</param>
    /// <param name="text">Of the mail: it stands alone.</param>
    /// <param name="cancel">Ends the wait.</param>
    public static async Task AddAsync(HelpdeskDb db, Alert alert, string subject, string text, CancellationToken cancel)
    {
        db.Alerts.Add(alert);
        if (!await SettingsStore.GetAsync(db, Parameters.AlertMail, cancel) || await ReplyRoute.GlobalAsync(db, cancel) is not { } sender) return;
        foreach (var administrator in await AdministratorsAsync(db, cancel))
        {
            var mail = NoticeWriter.Generated(sender, administrator, subject, text, "auto-generated", alert.At);
            var log = OutboundLog.Queued(null, sender, administrator.Address, subject, alert.At);
            var outbox = NoticeWriter.Outbox(mail, sender, OutboxPurpose.Alert, administrator.Address, alert.At);
            db.AddRange(log, outbox);
            await db.SaveChangesAsync(cancel);
            (outbox.CommunicationId, log.OutboxMailId) = (log.Id, outbox.Id);
        }
    }

    /// <summary>Not those whose address is a mailbox of ours: that would make the alert a mail to fetch.</summary>
    private static async Task<IEnumerable<MessageAddress>> AdministratorsAsync(HelpdeskDb db, CancellationToken cancel)
    {
        var users = await (from user in db.Users
                           join link in db.UserRoles on user.Id equals link.UserId
                           join role in db.Roles on link.RoleId equals role.Id
                           where role.Name == Roles.Administrator && user.Email != null
                           select new { user.Email, user.DisplayName }).ToListAsync(cancel);
        var own = (await db.Mailboxes.Select(mailbox => mailbox.Address).ToListAsync(cancel)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return users.Where(user => !own.Contains(user.Email!) && MailAddress.TryParse(user.Email!, out _)).Select(user => new MessageAddress(user.DisplayName.Length > 0 ? user.DisplayName : null, user.Email!));
    }
}
