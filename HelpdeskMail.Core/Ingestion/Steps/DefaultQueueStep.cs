namespace HelpdeskMail.Core.Ingestion.Steps;

/// <summary>A new ticket: in the queue that a step before has found, else in the mailbox's own, else in the first there is.</summary>
internal sealed class DefaultQueueStep : IRoutingStep
{
    public string Name => "default queue";

    public Decision? Decide(RoutingContext context)
    {
        var mailbox = context.Config.Mailbox(context.Incoming.MailboxId);
        var (queue, why) = (context.FilterQueueId ?? context.QueueId, mailbox) switch
        {
            ({ } found, _) => (context.Config.Queue(found), context.FilterQueueId is null ? "found by address" : "chosen by a filter or a trusted command"),
            (_, { } own) => (context.Config.Queue(own.QueueId), $"the queue of mailbox \"{own.Name}\""),
            _ => (context.Config.FirstQueue, "came through no mailbox: the first queue"),
        };
        if (queue is null)
        {
            context.Say("failed", "there is no queue");
            return new Decision.Quarantine(DecisionReason.NoQueue, "There is no queue that it could go to.");
        }
        context.Say("matched", $"{why}: {queue.Name}");
        if (context.Forward is { } forward) return new Decision.CreateTicket(DecisionReason.AgentForward, $"A new ticket of {forward.Author.Address} in queue {queue.Name}, forwarded by {forward.Agent.Name}.", queue.Id);
        return new Decision.CreateTicket(DecisionReason.NewConversation, $"A new ticket in queue {queue.Name}.", queue.Id);
    }
}
