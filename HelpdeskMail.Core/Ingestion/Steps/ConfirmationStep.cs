using HelpdeskMail.Core.Confirmations;

namespace HelpdeskMail.Core.Ingestion.Steps;

/// <summary>Catches a provider's mail that wants a forwarding to us confirmed (N9), to whatever address of ours it comes: it is shown to administrators, and is
/// neither refused nor a ticket. Nothing is opened or answered.</summary>
internal sealed class ConfirmationStep : IRoutingStep
{
    public string Name => "confirmation";

    public Decision? Decide(RoutingContext context)
    {
        if (ConfirmationReader.Read(context.Mail, context.Config.Addresses.IsOwn) is not { } facts)
        {
            context.Say("pass", "no provider asks for a confirmation");
            return null;
        }
        var has = (facts.Code, facts.Links) switch { (not null, { Count: > 0 }) => "a link and a code", (not null, _) => "a code", _ => "a link" };
        context.Say("matched", $"{facts.Because}; it has {has}");
        var whose = facts.Account is { } account ? $" the forwarding of {account}" : "";
        return new Decision.Ignore(DecisionReason.ProviderConfirmation, $"{facts.Provider} wants{(whose.Length > 0 ? whose : " something")} confirmed. Administrators see it under Confirmations.", null) { Confirmation = facts };
    }
}
