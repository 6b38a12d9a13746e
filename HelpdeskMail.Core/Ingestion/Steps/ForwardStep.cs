using HelpdeskMail.Core.Routing.Agents;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Mail.Addresses;
using HelpdeskMail.Mail.Reports;

namespace HelpdeskMail.Core.Ingestion.Steps;

/// <summary>Makes the author of what an agent forwarded the customer (P14), where the agent is who he says he is. Where the original is in a ticket already, the
/// forward becomes a note there. Everybody else's forward is a mail like any other.</summary>
internal sealed class ForwardStep : IRoutingStep
{
    /// <summary>Forwards inside of forwards by colleagues that are followed.</summary>
    private const int MaxDepth = 4;

    public string Name => "forward";

    public Decision? Decide(RoutingContext context)
    {
        if (context.Agent is not { } agent || context.Mail.Forwarded is not { } forwarded) return null;
        if (!context.Config.AgentsForward)
        {
            context.Say("off", "agents' forwards are taken like any mail");
            return null;
        }
        if (context.IsAutomatic)
        {
            context.Say("pass", "a machine forwarded it");
            return null;
        }
        if (forwarded.MessageId is { } id && context.Knowledge.MessagesWithId(id.Value) is [var known, ..])
        {
            var ticket = context.Knowledge.Target(known.Ticket);
            context.Say("matched", $"{agent.Name} forwards <{id.Value}>, which is in ticket {ticket.Number} already");
            return new Decision.AppendToTicket(DecisionReason.AgentForward, $"{agent.Name} forwarded a mail that is in ticket {ticket.Number} already; it is a note there.", ticket, null, new AgentMail(agent, Words(agent, forwarded), Internal: true));
        }
        var original = forwarded;
        for (var depth = 0; depth < MaxDepth && Ours(context, original) && ForwardedMails.ReadText(original.Text) is { } inner; depth++) original = inner with { Comment = Joined(original.Comment, inner.Comment), PartPath = null };
        if (Ours(context, original))
        {
            context.Say("pass", $"{agent.Name} forwards a mail by {original.Author.NormalizedAddress}, which is an address of ours");
            return null;
        }
        var author = new MessageAddress(MailText.Line(original.Author.DisplayName, 200) is { Length: > 0 } name ? name : null, original.Author.NormalizedAddress);
        context.Say("matched", $"{agent.Name} forwards a mail by {author.Address}, who becomes the customer");
        context.Forward = new AgentForward(agent, author, Subject(context, original), original);
        return null;
    }

    /// <summary>For the note.</summary>
    public static string Words(RoutingAgent agent, ForwardedMail forwarded) => forwarded.Comment.Length > 0 ? forwarded.Comment : $"{agent.Name} forwarded it without a word.";

    private static string Joined(string outer, string inner) => inner.Length == 0 ? outer : outer.Length == 0 ? inner : $"{outer}\n\n{inner}";

    private static bool Ours(RoutingContext context, ForwardedMail mail) =>
        context.Config.Agent(mail.Author.NormalizedAddress) is not null || context.Config.Addresses.IsOwn(mail.Author.NormalizedAddress);

    private static string Subject(RoutingContext context, ForwardedMail original)
    {
        var own = ForwardSubject.Without(context.Mail.Subject);
        return own.Length > 0 ? own : MailText.Line(ForwardSubject.Without(original.Subject), 998);
    }
}
