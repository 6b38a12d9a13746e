using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Notices;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Mail.Addresses;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Alerts;

/// <summary>Alerts administrators when a mailbox stays in error, and again when it works (P17): once each, in the transaction that takes the change down.</summary>
internal static class MailboxAlerts
{
    /// <summary>A first failure may be a server that restarts; wrong credentials mend themselves never.</summary>
    private const int Patience = 2;

    /// <param name="db">In the transaction; saved by the caller.</param>
    /// <param name="status">With this failure counted.</param>
    public static async Task FailedAsync(HelpdeskDb db, MailboxStatus status, FetchError error, DateTime now, CancellationToken cancel)
    {
        if (status.AlertedAt is not null) return;
        if (status.ErrorStreak < Patience && error.Kind is not (MailboxErrorKind.AuthenticationFailed or MailboxErrorKind.PermissionDenied)) return;
        status.AlertedAt = now;
        var mailbox = await db.Mailboxes.Where(row => row.Id == status.MailboxId).Select(row => new { row.Name, row.Address }).SingleAsync(cancel);
        var alert = new Alert { Kind = AlertKind.MailboxFailed, MailboxId = status.MailboxId, Subject = mailbox.Name, Text = error.Text, Server = error.Server, Advice = error.Advice, At = now };
        await AddAsync(
            db, alert, $"Mailbox {mailbox.Name} can't be fetched",
            $"Mail of {mailbox.Address} is not fetched any more.\n\n{error.Text}\n{(error.Server is { Length: > 0 } words ? $"The server says: {words}\n" : "")}\n{error.Advice}\n\nYou will hear again when it works. Nothing is lost meanwhile: mail waits on the server.",
            cancel);
    }

    public static async Task RecoveredAsync(HelpdeskDb db, MailboxStatus status, DateTime now, CancellationToken cancel)
    {
        if (status.AlertedAt is not { } since) return;
        status.AlertedAt = null;
        var name = await db.Mailboxes.Where(row => row.Id == status.MailboxId).Select(row => row.Name).SingleAsync(cancel);
        var text = FormattableString.Invariant($"It works again. It was in error since {since:yyyy-MM-dd HH:mm} UTC.");
        await AddAsync(
            db, new Alert { Kind = AlertKind.MailboxRecovered, MailboxId = status.MailboxId, Subject = name, Text = text, At = now }, $"Mailbox {name} works again", $"{text}\n", cancel);
    }

    private static async Task AddAsync(HelpdeskDb db, Alert alert, string subject, string text, CancellationToken cancel)
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
