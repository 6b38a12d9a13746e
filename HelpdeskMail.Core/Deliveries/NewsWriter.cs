using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Alerts;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Deliveries;

/// <summary>Writes news of a sent mail down, wherever they show: with the mail and its recipients, in the ticket's history, the communication log and the
/// counts of the address, and tells whoever sent it (N4). Inside the caller's transaction, which has taken the counter "tickets".</summary>
internal sealed class NewsWriter(HelpdeskDb db, DateTime now)
{
    /// <param name="mail">Null: none of ours.</param>
    /// <param name="storedMailId">The report; null: our own server said it.</param>
    /// <param name="at">When it was said.</param>
    public async Task WriteAsync(SentMail? mail, IReadOnlyList<HeardNews> heard, long? storedMailId, DateTime at, CancellationToken cancel)
    {
        // A report that was about nothing known is decided again.
        if (storedMailId is { } stored) await db.DeliveryNews.Where(news => news.StoredMailId == stored && news.State == NewsState.Unknown).ExecuteDeleteAsync(cancel);
        var failed = await FailedBeforeAsync(mail, cancel);
        var rows = heard.Select(item => Row(mail, item, failed.Contains(item.Address), storedMailId, at)).ToList();
        await BulkRows.InsertAsync(db, rows, cancel);
        if (mail is null) return;
        foreach (var item in heard) await RecipientAsync(mail, item, cancel);
        var fresh = rows.Where(row => row.Kind == NewsKind.Failed && !failed.Contains(row.Address)).ToList();
        await FailureCounts.FailedAsync(db, [.. fresh.Where(row => heard.Any(item => item.RecipientId is not null && item.Address == row.Address))], cancel);
        await FailureCounts.ArrivedAsync(db, [.. rows.Where(row => row.Kind is NewsKind.Delivered or NewsKind.Read)], now, cancel);
        if (fresh.Count > 0) await HeadlineAsync(mail, fresh[0], cancel);
        await HistoryAsync(mail, [.. fresh, .. rows.Where(row => row.Kind == NewsKind.Complaint)], cancel);
        if (storedMailId is not null) await LogAsync(mail, [.. rows.Where(row => row.Kind is NewsKind.Failed or NewsKind.Delayed or NewsKind.Delivered or NewsKind.Relayed or NewsKind.Expanded)], cancel);
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
    }

    private static DeliveryNews Row(SentMail? mail, HeardNews item, bool again, long? storedMailId, DateTime at) => new()
    {
        Kind = item.Kind,
        State = StateOf(mail, item, again),
        At = at,
        Address = item.Address,
        ReportedAddress = item.Reported,
        Status = item.Status,
        Cause = item.Cause,
        Line = item.Line,
        RemoteMta = item.Mta,
        Subject = mail?.Subject ?? "",
        OutboxMailId = mail?.OutboxMailId,
        TicketMessageId = mail?.TicketMessageId,
        TicketId = mail is { TicketMessageId: not null, Ticket: { } ticket } ? ShownIn(ticket) : null, // what was sent about a ticket is no mail of the ticket
        AuthorId = mail?.AuthorId,
        StoredMailId = storedMailId,
    };

    /// <summary>Notices and test mails that come back want nothing of anybody; a second report on the same failure neither.</summary>
    private static NewsState StateOf(SentMail? mail, HeardNews item, bool again) => (item.Kind, mail) switch
    {
        (_, null) => NewsState.Unknown,
        (NewsKind.Failed or NewsKind.Complaint, { Purpose: OutboxPurpose.Notice or OutboxPurpose.Test }) => NewsState.Noted,
        (NewsKind.Failed, _) => again ? NewsState.Noted : NewsState.Open,
        (NewsKind.Complaint, _) => NewsState.Open,
        (NewsKind.Delayed, _) => again ? NewsState.Noted : NewsState.Waiting,
        _ => NewsState.Noted,
    };

    private async Task<HashSet<string>> FailedBeforeAsync(SentMail? mail, CancellationToken cancel) => mail?.OutboxMailId is not { } id
        ? []
        : (await db.DeliveryNews.Where(news => news.OutboxMailId == id && news.Kind == NewsKind.Failed).Select(news => news.Address).ToListAsync(cancel)).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private async Task RecipientAsync(SentMail mail, HeardNews item, CancellationToken cancel)
    {
        if (item.Kind is not (NewsKind.Delayed or NewsKind.Complaint) && mail.OutboxMailId is { } outbox)
        {
            var address = item.Address;
            await db.DeliveryNews.Where(news => news.OutboxMailId == outbox && news.Address == address && news.State == NewsState.Waiting).ExecuteUpdateAsync(set => set.SetProperty(news => news.State, NewsState.Noted), cancel);
        }
        if (item.RecipientId is not { } id || NextState(item.Kind) is not var (state, from)) return; // what our own server refused stays "failed"
        var line = item.Line;
        await db.OutboxRecipients.Where(recipient => recipient.Id == id && from.Contains(recipient.State)).ExecuteUpdateAsync(
            set => set.SetProperty(recipient => recipient.State, state).SetProperty(recipient => recipient.ServerAnswer, recipient => line ?? recipient.ServerAnswer).SetProperty(recipient => recipient.UpdatedAt, now), cancel);
    }

    /// <summary>What a recipient becomes, and from where: a delay is no news of what is known to have failed or arrived, and nothing that still lies here
    /// can have come back.</summary>
    private static (OutboxState State, OutboxState[] From)? NextState(NewsKind kind)
    {
        OutboxState[] under = [OutboxState.Accepted, OutboxState.Uncertain, OutboxState.Delayed, OutboxState.Relayed, OutboxState.Expanded];
        return kind switch
        {
            NewsKind.Failed => (OutboxState.Bounced, [.. under, OutboxState.Delivered, OutboxState.Bounced]),
            NewsKind.Delayed => (OutboxState.Delayed, [OutboxState.Accepted, OutboxState.Uncertain, OutboxState.Delayed]),
            NewsKind.Relayed => (OutboxState.Relayed, [OutboxState.Accepted, OutboxState.Uncertain, OutboxState.Delayed]),
            NewsKind.Expanded => (OutboxState.Expanded, [OutboxState.Accepted, OutboxState.Uncertain, OutboxState.Delayed, OutboxState.Relayed]),
            NewsKind.Delivered or NewsKind.Read => (OutboxState.Delivered, under),
            _ => null,
        };
    }

    /// <summary>The red envelope, with what failed first.</summary>
    private async Task HeadlineAsync(SentMail mail, DeliveryNews news, CancellationToken cancel)
    {
        if (mail.TicketMessageId is not { } id) return;
        var (address, status, cause, line) = (news.Address, news.Status, news.Cause ?? "", news.Line);
        await db.TicketMessages.Where(message => message.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(message => message.BounceAddress, address).SetProperty(message => message.BounceStatus, status)
                .SetProperty(message => message.BounceCause, cause).SetProperty(message => message.BounceLine, line),
            cancel);
    }

    /// <summary>One line and one alert for a mail, however many recipients it didn't reach.</summary>
    private async Task HistoryAsync(SentMail mail, IReadOnlyList<DeliveryNews> news, CancellationToken cancel)
    {
        if (news.Count == 0 || mail is not { Ticket: { } ticket, TicketMessageId: not null }) return;
        var (first, ticketId) = (news[0], ShownIn(ticket));
        var addresses = MailText.Line(string.Join(", ", news.Select(item => item.Address.Length > 0 ? item.Address : "?").Distinct()), 190);
        db.TicketEvents.Add(new TicketEvent { TicketId = ticketId, At = now, ActorName = Actor.System.Name, Kind = first.Kind == NewsKind.Complaint ? "complaint" : "bounce", To = addresses });
        await db.Tickets.Where(row => row.Id == ticketId).ExecuteUpdateAsync(set => set.SetProperty(row => row.UpdatedAt, now), cancel);
        var owner = mail.AuthorId ?? await db.Tickets.Where(row => row.Id == ticketId).Select(row => row.OwnerId).FirstOrDefaultAsync(cancel);
        if (owner is not { Length: > 0 and <= 450 }) return;
        db.Alerts.Add(new Alert
        {
            Kind = first.Kind == NewsKind.Complaint ? AlertKind.MailComplaint : AlertKind.MailReturned,
            UserId = owner,
            TicketId = ticketId,
            AboutId = mail.TicketMessageId,
            Subject = addresses,
            Text = $"{Name(mail, ticket)}{(first.Cause is { } cause ? $": {cause}" : "")}",
            Server = first.Line,
            At = now,
        });
    }

    /// <summary>Messages of a merged ticket are shown in the one it was merged into.</summary>
    private static long ShownIn(Ticket ticket) => ticket is { State: TicketState.Merged, MergedIntoId: { } target } ? target : ticket.Id;

    private static string Name(SentMail mail, Ticket ticket)
    {
        var subject = MailText.Line(mail.Subject.Length > 0 ? mail.Subject : ticket.Subject, 400);
        return subject.Contains(ticket.Number, StringComparison.Ordinal) ? subject : $"{subject} [#{ticket.Number}]";
    }

    private async Task LogAsync(SentMail mail, IReadOnlyList<DeliveryNews> news, CancellationToken cancel)
    {
        if (news.Count == 0 || mail.OutboxMailId is not { } outbox) return;
        var log = await (from row in db.OutboxMails join line in db.Communications on row.CommunicationId equals line.Id where row.Id == outbox select line).FirstOrDefaultAsync(cancel);
        if (log is not null) OutboundLog.Heard(log, news, now);
    }
}
