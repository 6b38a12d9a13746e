using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Core.Agents;

/// <summary>Sends what agents wrote by mail (P13), in the transaction of the decision: a new mail of ours, with the agent's words and files and nothing else of his mail.</summary>
internal static class AgentAnswers
{
    /// <summary>When the mails themselves and what came before them are written.</summary>
    public static async Task WriteAsync(HelpdeskDb db, RoutingConfig config, IReadOnlyList<AgentAnswer> answers, DateTime now, CancellationToken cancel)
    {
        foreach (var answer in answers)
        {
            var actor = new Actor(answer.Mail.Agent.Id, answer.Mail.Agent.Name);
            var read = answer.Incoming.Mail!;
            var draft = new ReplyDraft { Text = answer.Mail.Text, To = [answer.Plan.To], Cc = [.. answer.Plan.Cc], Attachments = Files(read) };
            var from = new TicketMessage { FromAddress = read.From.Address, Subject = read.Subject, StoredMailId = answer.Incoming.StoredMailId, SourceMessageId = read.MessageId, Trust = answer.Trust };
            await OutgoingReply.WriteAsync(db, config, answer.Ticket, draft, answer.Plan.Sender!, config.Signature!, actor, now, from, cancel);
            await db.SaveChangesAsync(cancel);
            db.ChangeTracker.Clear();
        }
    }

    /// <summary>His files. Mails among them stay behind: they may be the notification itself; so does what only seals his own mail.</summary>
    private static List<ReplyAttachment> Files(ReadMail mail) => mail.Attachments.Count == 0 ? [] :
    [
        .. MimeMessage.Parse(mail.Raw).Attachments
            .Where(part => part.ContentType is not ("application/pkcs7-signature" or "application/x-pkcs7-signature" or "application/pgp-signature" or "application/pgp-keys") && !part.ContentType.StartsWith("message/", StringComparison.Ordinal))
            .Select((part, index) => new ReplyAttachment(MailText.Line(part.FileName, 500) is { Length: > 0 } name ? name : $"file-{index + 1}", part.ContentType, part.Decode())),
    ];
}
