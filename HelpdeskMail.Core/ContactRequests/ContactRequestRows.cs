using System.Text.RegularExpressions;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Tickets;

namespace HelpdeskMail.Core.ContactRequests;

/// <summary>The rows of a batch's held mails.</summary>
internal sealed partial class ContactRequestRows(RoutingKnowledge knowledge, DateTime now)
{
    private const int MaxPreview = 300;

    private static readonly string[] Joined = [nameof(ContactRequest.MailCount), nameof(ContactRequest.LastMailAt), nameof(ContactRequest.Preview)];

    private readonly List<ContactRequest> created = [];
    private readonly HashSet<ContactRequest> touched = [];
    private readonly List<(ContactRequest Request, IncomingMail Incoming, ContactRequestMail Mail)> mails = [];

    /// <returns>Nothing: a held mail is in no ticket.</returns>
    public (Ticket?, TicketMessage?) Add(RoutingContext context, Decision.HoldAsContactRequest hold)
    {
        var mail = context.Mail;
        if (hold.Joins is { } request)
        {
            touched.Add(request);
        }
        else
        {
            request = new ContactRequest
            {
                MailboxId = context.Incoming.MailboxId,
                QueueId = hold.QueueId,
                FromName = mail.From.Name,
                FromAddress = mail.From.Address,
                Subject = mail.Subject.Length > 0 ? mail.Subject : MessageRows.NoSubject,
                CreatedAt = now,
            };
            created.Add(request);
        }
        request.MailCount++;
        request.LastMailAt = now;
        request.Preview = MailText.Clean(Spaces().Replace(mail.Text[..Math.Min(mail.Text.Length, 4 * MaxPreview)], " ").Trim(), MaxPreview);
        mails.Add((request, context.Incoming, new ContactRequestMail
        {
            MessageId = mail.MessageId,
            MessageIdKey = mail.MessageId is { } id ? MessageIdKey.Of(id) : null,
            BodyKey = mail.BodyKey,
        }));
        if (mail.MessageId is { } own) knowledge.Add(own, new HeldMail(0, mail.BodyKey, request, context.Incoming));
        return (null, null);
    }

    /// <summary>After the mails themselves were stored.</summary>
    public async Task SaveAsync(HelpdeskDb db, CancellationToken cancel)
    {
        await BulkRows.InsertAsync(db, created, cancel);
        var fresh = created.ToHashSet();
        await BulkRows.UpdateAsync(db, touched.Where(request => !fresh.Contains(request)).ToList(), Joined, cancel);
        foreach (var (request, incoming, mail) in mails) (mail.ContactRequestId, mail.StoredMailId) = (request.Id, incoming.StoredMailId);
        await BulkRows.InsertAsync(db, mails.ConvertAll(item => item.Mail), cancel);
    }

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();
}
