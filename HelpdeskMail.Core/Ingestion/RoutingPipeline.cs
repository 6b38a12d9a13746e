using HelpdeskMail.Core.Ingestion.Steps;

namespace HelpdeskMail.Core.Ingestion;

/// <summary>The ordered steps; the first that decides wins. Live mail and "explain" go through the same array.</summary>
internal static class RoutingPipeline
{
    private static readonly IRoutingStep[] Steps =
    [
        new TrustStep(),        // before anything else could read a header that counts for nothing
        new SenderStep(),       // sets the verdicts on its author that filters and agents' mail rest on
        new DuplicateStep(),    // what is here already must cause nothing a second time, whatever else it is
        new SizeStep(),         // before anything that would copy its content
        new OwnLoopStep(),      // our own mail coming back isn't a customer's
        new ReportStep(),       // before "automatic": a report belongs to the mail it is about
        new AutomaticStep(),    // sets the verdict that follow-up and the writer heed
        new ConfirmationStep(), // before all that would refuse it, ignore it or make a ticket of it
        new FilterStep(),       // before "follow-up": what is to be ignored is ignored as a reply, too
        new AgentStep(),        // before "follow-up": an agent's answer is no customer's
        new FollowUpStep(),     // a reply goes to its ticket wherever it was sent to
        new HeldMailStep(),     // what adds to a held mail waits with it, wherever it was sent to
        new ForwardStep(),      // after all that knows its ticket; says who the customer of a new one is
        new RepliesOnlyStep(),  // after all that could make it a reply
        new CatchallStep(),     // after "follow-up": only what answers nothing is direct
        new AliasStep(),        // sets the queue; refuses who may not write there
        new DefaultQueueStep(), // decides always
    ];

    public static (Decision Decision, IReadOnlyList<TraceStep> Trace) Decide(RoutingContext context)
    {
        foreach (var step in Steps)
        {
            context.Enter(step);
            if (step.Decide(context) is { } decision) return (LoopGuard.Of(context, Holding.Of(context, decision)), context.Trace);
        }
        throw new InvalidOperationException("The last step of the pipeline must decide.");
    }
}
