namespace HelpdeskMail.Core.Ingestion;

/// <summary>
/// Sets aside what a sender would create beyond the limit (N7), whichever step wants to create it; answers to tickets are not counted, because a machine
/// that answers us is never answered. The time that counts is the mail's own: a backlog fetched in one go is no loop.
/// </summary>
internal static class LoopGuard
{
    public static Decision Of(RoutingContext context, Decision decision)
    {
        if (decision is not (Decision.CreateTicket or Decision.HoldAsContactRequest { Joins: null })) return decision;
        var (rules, sender) = (context.Config.Loops, context.Mail.From.Address);
        if (rules.Allows(sender))
        {
            context.Guard("pass", $"{sender} is on the list of those who are never stopped");
            return decision;
        }
        var at = TimeOf(context.Incoming, context.Mail);
        var resumed = context.Knowledge.ResumedAt(sender);
        if (at <= resumed)
        {
            context.Guard("pass", $"somebody let {sender} in again");
            return decision;
        }
        var from = at - rules.Window;
        var count = context.Knowledge.RecordsOf(sender, resumed > from ? resumed.Value : from, at);
        if (count < rules.Threshold)
        {
            context.Guard("pass", $"{count} of at most {rules.Threshold} records by {sender} in {rules.Window.TotalMinutes:0} minutes");
            return decision;
        }
        context.Guard("matched", $"{sender} has created {count} records in {rules.Window.TotalMinutes:0} minutes; at most {rules.Threshold} are taken");
        return new Decision.Quarantine(DecisionReason.LoopBlocked, $"{sender} wrote too much in too short a time: {count} new records in {rules.Window.TotalMinutes:0} minutes. This may be a mail loop.");
    }

    /// <summary>When a mail was written: as it says, unless that lies ahead; else when it came.</summary>
    public static DateTime TimeOf(IncomingMail incoming, ReadMail mail)
    {
        var came = mail.ReceivedAt ?? incoming.StoredAt;
        return mail.Date is { } date && date <= came.AddHours(1) ? date : came;
    }
}
