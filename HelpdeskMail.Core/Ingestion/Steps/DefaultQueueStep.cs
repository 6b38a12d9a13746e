using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.Core.Ingestion.Steps;

/// <summary>A new ticket in the mailbox's queue. Mail that came through no mailbox goes by the mailbox it was sent to, else to the first queue there is.</summary>
internal sealed class DefaultQueueStep : IRoutingStep
{
    public string Name => "default queue";

    public Decision? Decide(RoutingContext context)
    {
        var mailbox = context.Config.Mailbox(context.Incoming.MailboxId);
        var why = "the queue of mailbox";
        if (mailbox is null)
        {
            mailbox = Recipients(context.Mail).Select(context.Config.MailboxOf).FirstOrDefault(found => found is not null);
            why = "sent to mailbox";
        }
        var queue = mailbox is not null ? context.Config.Queue(mailbox.QueueId) : context.Config.FirstQueue;
        if (queue is null)
        {
            context.Say("failed", "there is no queue");
            return new Decision.Quarantine(DecisionReason.NoQueue, "There is no queue that it could go to.");
        }
        context.Say("matched", mailbox is not null ? $"{why} \"{mailbox.Name}\": {queue.Name}" : $"came through no mailbox: the first queue, {queue.Name}");
        return new Decision.CreateTicket(DecisionReason.NewConversation, $"A new ticket in queue {queue.Name}.", queue.Id);
    }

    private static IEnumerable<string> Recipients(ReadMail mail) => mail.DeliveredTo.Concat(mail.To.Concat(mail.Cc).Select(address => address.Address));
}
