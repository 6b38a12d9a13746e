using HelpdeskMail.Mail.Reports;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>All that the steps know of one mail. Verdicts are typed fields here, never headers of the mail.</summary>
internal sealed class RoutingContext(IncomingMail incoming, ReadMail mail, RoutingConfig config, RoutingKnowledge knowledge)
{
    private readonly List<TraceStep> trace = new(8);

    private string step = "";

    public IncomingMail Incoming { get; } = incoming;

    public ReadMail Mail { get; } = mail;

    public RoutingConfig Config { get; } = config;

    public RoutingKnowledge Knowledge { get; } = knowledge;

    public IReadOnlyList<TraceStep> Trace => trace;

    /// <summary>Verdict of the step "automatic": such mail is appended or makes a ticket, but is never answered and changes neither state nor owner.</summary>
    public AutomaticKind Automatic { get; set; }

    /// <summary>Verdict of the steps that look for a queue; null: none has found one, and the mailbox's own it is.</summary>
    public long? QueueId { get; set; }

    public bool IsAutomatic => Automatic != AutomaticKind.None;

    public void Enter(IRoutingStep next) => step = next.Name;

    /// <summary>Adds what the step at hand looked at and said.</summary>
    public void Say(string verdict, string detail) => trace.Add(new TraceStep(step, verdict, detail));
}
