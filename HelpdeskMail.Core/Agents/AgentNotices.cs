using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Notices;
using HelpdeskMail.Core.Routing.Agents;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Mail.Reports;

namespace HelpdeskMail.Core.Agents;

/// <summary>Collects whom of the agents a batch's mails concern, as each of them has asked for (P13). Nobody is told of his own mail, of a machine's answer,
/// or of mail that is older than a day: that is a backlog or an import.</summary>
internal sealed class AgentNotices(RoutingConfig config)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(1);

    private readonly List<AgentNotice> due = [];

    /// <param name="context">Of the mail.</param>
    /// <param name="decision">Where it went.</param>
    /// <param name="ticket">The ticket that it made or added to.</param>
    /// <param name="person">Who decided by hand; null: the program.</param>
    public void Note(RoutingContext context, Decision decision, Ticket ticket, Actor? person)
    {
        foreach (var (kind, agent) in Of(context, decision, ticket, person))
        {
            var words = decision is Decision.AppendToTicket { Agent: { } own } ? own.Text : ReplyText.Split(context.Forward?.Mail.Text ?? context.Mail.Replied).Visible;
            var author = decision is Decision.AppendToTicket { Agent.Agent: { } colleague } ? colleague.Name : Said(context.Forward?.Author ?? context.Author);
            due.Add(new AgentNotice(kind, agent, ticket, author, words, [.. context.Mail.Attachments.Select(file => file.Name)]));
        }
    }

    public Task WriteAsync(HelpdeskDb db, DateTime now, CancellationToken cancel) => AgentNoticeWriter.WriteAsync(db, config, due, now, cancel);

    /// <summary>Who is told, and of what.</summary>
    public static IEnumerable<(NoticeKind Kind, RoutingAgent Agent)> Of(RoutingContext context, Decision decision, Ticket? ticket, Actor? person)
    {
        if (!context.Config.Notifies || context.Incoming.Source == MailSourceKind.Import || IsOld(context, person)) return [];
        var (kind, agents) = Wanting(context, decision, ticket);
        return agents.Where(agent => agent.Id != person?.Id && !IsAuthor(agent, context, decision)).Select(agent => (kind, agent));
    }

    private static (NoticeKind Kind, IEnumerable<RoutingAgent> Agents) Wanting(RoutingContext context, Decision decision, Ticket? ticket)
    {
        var config = context.Config;
        switch (decision)
        {
            case Decision.CreateTicket create when context.Automatic is not (AutomaticKind.AutoReply or AutomaticKind.Bounce):
                var department = config.Queue(create.QueueId)?.DepartmentId;
                return (NoticeKind.AgentTicket, config.Agents.Where(agent => agent.Active && agent.Departments.Any(id => id == department)));
            case Decision.AppendToTicket { Agent: { Internal: true } } or Decision.AppendToTicket { Internal: true }:
                return (NoticeKind.AgentNote, OwnerOf(config, ticket, agent => agent.NotifyNotes));
            case Decision.AppendToTicket { Agent: null } when !context.IsAutomatic:
                return (NoticeKind.AgentMessage, OwnerOf(config, ticket, agent => agent.NotifyMessages));
            default:
                return (NoticeKind.AgentMessage, []);
        }
    }

    public static IEnumerable<RoutingAgent> OwnerOf(RoutingConfig config, Ticket? ticket, Func<RoutingAgent, bool> wants) =>
        ticket?.OwnerId is { } owner ? config.Agents.Where(agent => agent.Id == owner && agent.Active && wants(agent)) : [];

    private static bool IsAuthor(RoutingAgent agent, RoutingContext context, Decision decision) =>
        agent.Address == context.Mail.From.Address || agent.Id == context.Forward?.Agent.Id || (decision is Decision.AppendToTicket { Agent: { } words } && words.Agent.Id == agent.Id);

    private static bool IsOld(RoutingContext context, Actor? person) =>
        person is null && (context.Mail.ReceivedAt ?? context.Mail.Date) is { } came && came < context.Incoming.StoredAt - Fresh;

    private static string Said(MessageAddress address) => address.Name is { Length: > 0 } name ? $"{name} <{address.Address}>" : address.Address;
}
