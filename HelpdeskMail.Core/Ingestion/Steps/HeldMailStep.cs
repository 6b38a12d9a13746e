namespace HelpdeskMail.Core.Ingestion.Steps;

/// <summary>Finds the open contact request that a mail adds to: it answers one of its mails, by In-Reply-To or References. Mail from before the mailbox
/// stopped holding is found, too.</summary>
internal sealed class HeldMailStep : IRoutingStep
{
    public string Name => "held mail";

    public Decision? Decide(RoutingContext context)
    {
        foreach (var id in context.Mail.ReplyIds())
        {
            if (context.Knowledge.HeldWithId(id) is not [var held, ..]) continue;
            context.Say("matched", $"answers <{id}>, which is held as a contact request");
            return new Decision.HoldAsContactRequest(
                DecisionReason.FollowUpToHeldMail, $"It adds to the contact request of {held.Request.FromAddress}, \"{held.Request.Subject}\".", held.Request.QueueId, held.Request);
        }
        context.Say("pass", "answers nothing that is held");
        return null;
    }
}
