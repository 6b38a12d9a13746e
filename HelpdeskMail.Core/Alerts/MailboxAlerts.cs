using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Mailboxes;
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
        await AlertWriter.AddAsync(
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
        await AlertWriter.AddAsync(
            db, new Alert { Kind = AlertKind.MailboxRecovered, MailboxId = status.MailboxId, Subject = name, Text = text, At = now }, $"Mailbox {name} works again", $"{text}\n", cancel);
    }
}
