namespace HelpdeskMail.Core.Ingestion.Steps;

/// <summary>Keeps out what answers nothing of ours where the mailbox takes replies only (V5). Fetched mail is asked about before it is stored, and stays untouched
/// on its server.</summary>
internal sealed class RepliesOnlyStep : IRoutingStep
{
    public string Name => "replies only";

    public Decision? Decide(RoutingContext context)
    {
        if (context.Config.Mailbox(context.Incoming.MailboxId) is not { RepliesOnly: true } mailbox)
        {
            context.Say("pass", "new mail is taken, too");
            return null;
        }
        context.Say("matched", $"mailbox \"{mailbox.Name}\" takes replies only, and this answers nothing we sent");
        return new Decision.Ignore(DecisionReason.RepliesOnly, $"It answers nothing we sent, and mailbox \"{mailbox.Name}\" takes replies only.", null);
    }
}
