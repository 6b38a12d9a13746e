using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Mail.Reports;

namespace HelpdeskMail.Core.Notices;

/// <summary>Which notice a decision causes, and what keeps it from going out that can be told without the database (invariant 5).</summary>
internal static class NoticePlan
{
    /// <summary>Null where the decision concerns nobody outside. To be asked before the decision is applied: it makes its author a customer.</summary>
    /// <param name="context">Null where the mail could not be read.</param>
    /// <returns>The notice, and what is in its way; null: nothing is.</returns>
    public static (Notice Notice, string? Hindrance)? Of(IncomingMail incoming, RoutingConfig config, RoutingKnowledge knowledge, Decision decision, RoutingContext? context)
    {
        if (incoming.Mail is not { } mail) return null;
        var queue = config.Mailbox(incoming.MailboxId)?.QueueId;
        var answered = new NoticeMail(context?.Author ?? mail.From, mail.Subject, mail.MessageId, mail.References, mail.Language, incoming.Size, incoming);
        Notice? notice = decision switch
        {
            Decision.CreateTicket create when context?.Forward is null && knowledge.Customer((context?.Author ?? mail.From).Address) is null => new Notice(NoticeKind.Registration, answered, incoming.MailboxId, create.QueueId),
            Decision.Refuse refuse => new Notice(refuse.Notice, answered, incoming.MailboxId, refuse.Ticket?.QueueId ?? queue)
            {
                Ticket = refuse.Ticket,
                Text = refuse.Text,
                Asked = refuse.Reason == DecisionReason.ByHand,
            },
            Decision.Quarantine { Reason: DecisionReason.LoopBlocked } => new Notice(NoticeKind.Loop, answered, incoming.MailboxId, queue),
            Decision.Quarantine { Reason: DecisionReason.TooLarge } => new Notice(NoticeKind.TooLarge, answered, incoming.MailboxId, queue),
            _ => null,
        };
        if (notice is null) return null;
        return (notice, context is { NoAutoReply: true } && !notice.Asked ? "a filter or a trusted command says that nothing answers it" : Hindrance(notice, mail.Automatic, incoming.Notices, config));
    }

    /// <summary>For the trace.</summary>
    public static TraceStep Step(Notice notice, string? hindrance) =>
        new("notice", hindrance is null ? "due" : "none", hindrance is null ? $"{notice.Kind} notice to {notice.Mail.From.Address}" : $"no {notice.Kind} notice: {hindrance}");

    /// <returns>Null: nothing is in its way.</returns>
    public static string? Hindrance(Notice notice, AutomaticKind automatic, bool allowed, RoutingConfig config)
    {
        if (automatic != AutomaticKind.None) return "a machine wrote it, and such mail is never answered";
        if (ReplyChecks.Parse(notice.Mail.From) is null) return $"{notice.Mail.From.Address} is no address that mail can be sent to";
        if (NoReplyAddress.Is(notice.Mail.From.Address)) return $"{notice.Mail.From.Address} takes no answers";
        if (config.Addresses.IsOwn(notice.Mail.From.Address)) return $"{notice.Mail.From.Address} is an address of ours";
        return allowed || notice.Asked ? null : "notices are switched off for where it came from";
    }
}
