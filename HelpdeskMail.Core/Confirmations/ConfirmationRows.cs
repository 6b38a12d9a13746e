using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Alerts;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Confirmations;

/// <summary>What a batch adds to the list of confirmations. A newer one for the same account takes the older one's place.</summary>
internal sealed class ConfirmationRows
{
    /// <summary>Anybody can write such mails: beyond so many within an hour they are listed without an alert.</summary>
    private const int MaxAlerts = 10;

    private readonly List<(IncomingMail Incoming, ConfirmationFacts Facts)> found = [];

    public void Note(IncomingMail incoming, Decision decision)
    {
        if (decision is Decision.Ignore { Confirmation: { } facts }) found.Add((incoming, facts));
    }

    /// <param name="db">In the transaction; the mails are stored.</param>
    /// <param name="now">The decision's time.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task SaveAsync(HelpdeskDb db, DateTime now, CancellationToken cancel)
    {
        foreach (var (incoming, facts) in found)
        {
            var id = incoming.StoredMailId;
            if (await db.Confirmations.AnyAsync(row => row.StoredMailId == id, cancel)) continue; // decided again
            var row = New(incoming, facts, now);
            var by = Actor.System.Name;
            await db.Confirmations.Where(old => old.State == ConfirmationState.Open && old.Provider == row.Provider && old.Account == row.Account && old.Recipient == row.Recipient).ExecuteUpdateAsync(
                set => set.SetProperty(old => old.State, ConfirmationState.Dismissed).SetProperty(old => old.SettledAt, now).SetProperty(old => old.SettledBy, by), cancel);
            db.Confirmations.Add(row);
            await db.SaveChangesAsync(cancel); // the alert points to it
            await AlertAsync(db, row, cancel);
        }
        if (found.Count > 0) await db.SaveChangesAsync(cancel);
    }

    private static async Task AlertAsync(HelpdeskDb db, ProviderConfirmation row, CancellationToken cancel)
    {
        var hour = row.At.AddHours(-1);
        if (await db.Alerts.CountAsync(alert => alert.At > hour && alert.Kind == AlertKind.ConfirmationWaits, cancel) >= MaxAlerts) return;
        var what = row.Account is { } account ? $"that mail of {account} may be forwarded to {row.Recipient ?? "us"}" : $"something about {row.Recipient ?? "an address of ours"}";
        var text = $"{row.Provider} asks us to confirm {what}. Nothing was confirmed; no ticket was made of the mail.";
        const string Advice = "Open its link or enter its code only if you or somebody you know has just set this up: anybody can write such a mail.";
        var alert = new Alert { Kind = AlertKind.ConfirmationWaits, AboutId = row.Id, MailboxId = row.MailboxId, Subject = row.Provider, Text = text, Advice = Advice, At = row.At };
        await AlertWriter.AddAsync(db, alert, $"{row.Provider} wants something confirmed", $"{text}\n\n{Advice} The page \"Confirmations\" of the portal shows both.\n", cancel);
    }

    private static ProviderConfirmation New(IncomingMail incoming, ConfirmationFacts facts, DateTime now) => new()
    {
        Provider = facts.Provider,
        Known = facts.Known,
        StoredMailId = incoming.StoredMailId,
        MailboxId = incoming.MailboxId,
        Sender = incoming.Mail!.From.Address,
        Recipient = facts.Recipient,
        Account = facts.Account,
        Subject = incoming.Mail.Subject,
        Code = facts.Code,
        Links = [.. facts.Links],
        At = now,
    };
}
