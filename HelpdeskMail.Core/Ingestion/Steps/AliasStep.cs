using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Routing.Addresses;

namespace HelpdeskMail.Core.Ingestion.Steps;

/// <summary>
/// Finds the queue by the address that the mail was sent to (N1, O2, P9): an alias wherever the mail came through; a system address or another mailbox's
/// address where the mailbox dispatches by recipient, or where there is no mailbox. Who may not write to the alias is refused (N5).
/// </summary>
internal sealed class AliasStep : IRoutingStep
{
    public string Name => "alias";

    public Decision? Decide(RoutingContext context)
    {
        var mailbox = context.Config.Mailbox(context.Incoming.MailboxId);
        var byRecipient = mailbox is null || mailbox.Dispatch == DispatchMode.Recipient;
        foreach (var (recipient, header) in context.Mail.Recipients())
        {
            switch (context.Config.Addresses.Find(recipient))
            {
                case AddressUse.OfAlias found:
                    context.QueueId = found.Alias.QueueId;
                    context.Say("matched", $"{header} {recipient} is alias \"{found.Alias.LocalPart}\"{(found.ByLocalPart ? ", by its local part" : "")}: queue {QueueName(context)}");
                    return Refusal(context, found.Alias, recipient);
                case AddressUse.OfSystemAddress found when byRecipient:
                    context.QueueId = found.Address.QueueId;
                    context.Say("matched", $"{header} {recipient} is the system address of queue {QueueName(context)}");
                    return null;
                case AddressUse.OfMailbox found when byRecipient && found.Mailbox != mailbox:
                    context.QueueId = found.Mailbox.QueueId;
                    context.Say("matched", $"{header} {recipient} is the address of mailbox \"{found.Mailbox.Name}\": queue {QueueName(context)}");
                    return null;
                case AddressUse.OfMailbox found when found.Mailbox == mailbox && header != RecipientHeader.DeliveredTo:
                    context.Say("pass", $"{header} {recipient} is the address of this very mailbox");
                    return null;
                default:
                    continue; // not ours, or one that routes nothing
            }
        }
        context.Say("pass", byRecipient ? "sent to no alias or address that leads to a queue" : "sent to no alias; the mailbox dispatches to its own queue");
        return null;
    }

    private static Decision.Refuse? Refusal(RoutingContext context, Alias alias, string recipient)
    {
        if (context.Forward is not null) return null; // an agent may bring in whom he likes
        var known = context.Knowledge.Customer(context.Author.Address) is not null;
        var refused = alias.WhoMayWrite switch
        {
            WhoMayWrite.Everyone => null,
            WhoMayWrite.Customers when known => null,
            WhoMayWrite.Customers => $"{recipient} takes mail from known customers only.",
            WhoMayWrite.Replies => $"{recipient} takes replies to our mail only.",
            _ => throw new InvalidOperationException($"Unknown rule {alias.WhoMayWrite}."),
        };
        if (refused is null) return null;
        context.Say("refused", $"{refused} {context.Author.Address} {(known ? "is known, but this answers nothing we sent" : "has not written before")}");
        return new Decision.Refuse(DecisionReason.MayNotWrite, refused, null, Text: alias.Refusal ?? refused);
    }

    private static string QueueName(RoutingContext context) => context.Config.Queue(context.QueueId!.Value)?.Name ?? "(gone)";
}
