using HelpdeskMail.Core.Tickets;

namespace HelpdeskMail.Core.Ingestion.Steps;

/// <summary>Finds mail that is here already (P5): the very same bytes, or the same Message-ID with the same body, which is one mail delivered twice
/// (to two of our addresses, or to two mailboxes). The policy for mail that several mailboxes get: it becomes one message, of the mailbox that had it first;
/// the others' copies are stored, ignored, and say so. Another mail that only reuses a Message-ID is not lost: it goes on as a mail of its own.</summary>
internal sealed class DuplicateStep : IRoutingStep
{
    private const string Policy = "One mail makes one message, whichever way it came first.";

    public string Name => "duplicate";

    public Decision? Decide(RoutingContext context)
    {
        var incoming = context.Incoming;
        if (context.Knowledge.SameBytes(incoming) is { } same)
        {
            var where = same.Ticket is { } ticket ? $", ticket {ticket.Number}" : "";
            var which = same.StoredMailId > 0 ? $"mail {same.StoredMailId}" : "a mail that came just before";
            context.Say("matched", $"the same {incoming.Size} bytes are stored already ({which}{where})");
            return new Decision.Ignore(DecisionReason.DuplicateContent, $"The very same mail {CameIn(context, same.MailboxId)}{where}. {Policy}", same.Ticket);
        }
        if (context.Mail.MessageId is not { } id)
        {
            context.Say("pass", "these bytes are new; the mail has no Message-ID");
            return null;
        }
        var others = context.Knowledge.MessagesWithId(id).Where(known => known.Direction == MessageDirection.Inbound || known.Internal).ToList();
        if (others.Find(known => known.BodyKey == context.Mail.BodyKey) is { } twin)
        {
            context.Say("matched", $"Message-ID <{id}> with the same body is in ticket {twin.Ticket.Number}");
            return new Decision.Ignore(DecisionReason.DuplicateMessageId, $"The same mail {CameIn(context, twin.MailboxId)} and is in ticket {twin.Ticket.Number}. {Policy}", twin.Ticket);
        }
        if (context.Knowledge.HeldWithId(id).FirstOrDefault(held => held.BodyKey == context.Mail.BodyKey && held.IsOther(incoming)) is { } waiting)
        {
            context.Say("matched", $"Message-ID <{id}> with the same body is held as a contact request of {waiting.Request.FromAddress}");
            return new Decision.Ignore(DecisionReason.DuplicateMessageId, "The same mail was delivered before and is held as a contact request.", null);
        }
        context.Say("pass", others.Count == 0
            ? $"neither these bytes nor Message-ID <{id}> are known"
            : $"Message-ID <{id}> is used in ticket {others[0].Ticket.Number} by a mail with another body: taken as a mail of its own");
        return null;
    }

    private static string CameIn(RoutingContext context, long? mailbox) =>
        mailbox == context.Incoming.MailboxId ? "is here already"
        : context.Config.Mailbox(mailbox) is { } other ? $"came through mailbox {other.Name} before"
        : "came in another way before";
}
