namespace HelpdeskMail.Core.Ingestion;

/// <summary>Holds what would be a new ticket where the mailbox says so (V6), whichever step made it one. What continues a ticket, open or closed, is not held.</summary>
internal static class Holding
{
    public static Decision Of(RoutingContext context, Decision decision)
    {
        if (decision is not Decision.CreateTicket { Linked: null } create || context.Config.Mailbox(context.Incoming.MailboxId) is not { HoldAsContactRequests: true } mailbox) return decision;
        context.Say("held", $"mailbox \"{mailbox.Name}\" holds new mail as contact requests");
        return new Decision.HoldAsContactRequest(
            DecisionReason.MailboxHolds, $"Held as a contact request, for queue {context.Config.Queue(create.QueueId)!.Name} when somebody makes a ticket of it.", create.QueueId);
    }
}
