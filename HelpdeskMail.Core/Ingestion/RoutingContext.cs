using HelpdeskMail.Core.Routing;
using HelpdeskMail.Core.Routing.Agents;
using HelpdeskMail.Core.Routing.Filters;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Mail.Reports;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>All that the steps know of one mail. Verdicts are typed fields here, never headers of the mail.</summary>
internal sealed class RoutingContext
{
    private readonly List<TraceStep> trace = new(8);

    private string step = "";

    public RoutingContext(IncomingMail incoming, ReadMail mail, RoutingConfig config, RoutingKnowledge knowledge)
    {
        (Incoming, Mail, Config, Knowledge) = (incoming, mail, config, knowledge);
        (Author, ReplyToSays) = ReplyToRule.AuthorOf(config, incoming.MailboxId, mail);
    }

    public IncomingMail Incoming { get; }

    public ReadMail Mail { get; }

    public RoutingConfig Config { get; }

    public RoutingKnowledge Knowledge { get; }

    /// <summary>Who counts as the mail's author (P8): who it is from, or who gets the answers.</summary>
    public MessageAddress Author { get; }

    /// <summary>Why Reply-To counts or doesn't; null: there is none that differs.</summary>
    public string? ReplyToSays { get; }

    /// <summary>Verdict of the step "sender"; null: no server that the mailbox trusts said anything.</summary>
    public SenderTrust? Trust { get; set; }

    /// <summary>Verdict of the step "agent": an active agent who is who he says he is, as far as the mailbox wants it proven. Null: anybody.</summary>
    public RoutingAgent? Agent { get; set; }

    /// <summary>Verdict of the step "forward": the customer's mail that an agent passes on.</summary>
    public AgentForward? Forward { get; set; }

    public IReadOnlyList<TraceStep> Trace => trace;

    /// <summary>Verdict of the step "automatic": such mail is appended or makes a ticket, but is never answered and changes neither state nor owner.</summary>
    public AutomaticKind Automatic { get; set; }

    /// <summary>Verdict of the steps that look for a queue; null: none has found one, and the mailbox's own it is.</summary>
    public long? QueueId { get; set; }

    /// <summary>The queue that a filter or a trusted command chose; above what the addresses say.</summary>
    public long? FilterQueueId { get; set; }

    /// <summary>What a filter or a trusted command says of a new ticket.</summary>
    public WantedTicket Wanted { get; } = new();

    /// <summary>Headers that count as commands or for later filters: X-Helpdesk-* of a trusted mailbox, and what filters have set.</summary>
    public Dictionary<string, string> Commands { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Filters that matched, in the order in which they ran; null: they were not asked.</summary>
    public List<FilterMatching>? Matched { get; set; }

    /// <summary>A filter or a trusted command wants the mail ignored.</summary>
    public bool Ignored { get; set; }

    /// <summary>No notice may answer it, whatever else is decided.</summary>
    public bool NoAutoReply { get; set; }

    public bool IsAutomatic => Automatic != AutomaticKind.None;

    /// <summary>The decision where a wish to ignore it has come up; null: go on.</summary>
    public Decision? IgnoredBy(string whose) => Ignored ? new Decision.Ignore(DecisionReason.FilterIgnored, $"It is ignored, because {whose} say so.", null) : null;

    public void Enter(IRoutingStep next) => step = next.Name;

    /// <summary>Adds what the loop guard says; it stands over all steps.</summary>
    public void Guard(string verdict, string detail) => trace.Add(new TraceStep("loop guard", verdict, detail));

    /// <summary>Adds what the step at hand looked at and said.</summary>
    public void Say(string verdict, string detail) => trace.Add(new TraceStep(step, verdict, detail));
}
