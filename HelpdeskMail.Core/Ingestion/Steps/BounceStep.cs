using HelpdeskMail.Core.Tickets;

namespace HelpdeskMail.Core.Ingestion.Steps;

/// <summary>Finds the message of ours that a failed delivery report (RFC 3464) speaks of. A report about none of ours goes on as automatic mail,
/// and so does one that only tells of a delay.</summary>
internal sealed class BounceStep : IRoutingStep
{
    public string Name => "bounce";

    public Decision? Decide(RoutingContext context)
    {
        if (context.Mail.Reports.Count == 0)
        {
            context.Say("pass", "not a delivery report");
            return null;
        }
        if (context.Mail.Reports.FirstOrDefault(report => report.Action.Equals("failed", StringComparison.OrdinalIgnoreCase)) is not { } failed)
        {
            context.Say("pass", $"a delivery report, but nothing failed: {context.Mail.Reports[0].Action} for {context.Mail.Reports[0].Recipient}");
            return null;
        }
        // The returned header names the message; where it was cut off, In-Reply-To or References of the report often do (RFC 3834 §3.1.5).
        foreach (var id in context.Mail.OriginalIds())
        {
            if (context.Knowledge.MessagesWithId(id).FirstOrDefault(known => known.Direction == MessageDirection.Outbound) is not { } original) continue;
            context.Say("matched", $"{failed.Recipient} failed with {failed.Status ?? "no status"}; <{id}> is our message in ticket {original.Ticket.Number}");
            return new Decision.RecordBounce(DecisionReason.DeliveryReport, $"Our message in ticket {original.Ticket.Number} could not be delivered to {failed.Recipient}.", original, failed);
        }
        context.Say("pass", $"a delivery report for {failed.Recipient}, but about no message of ours");
        return null;
    }
}
