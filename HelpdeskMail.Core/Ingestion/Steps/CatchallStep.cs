using HelpdeskMail.Core.Routing.Addresses;

namespace HelpdeskMail.Core.Ingestion.Steps;

/// <summary>Refuses mail that was written straight to a catch-all or bounce address (N3): those take replies and reports only, which were found before.
/// Mail that also goes to an address of ours that takes mail is not direct.</summary>
internal sealed class CatchallStep : IRoutingStep
{
    public string Name => "catch-all";

    public Decision? Decide(RoutingContext context)
    {
        AddressUse? closed = null;
        var address = "";
        foreach (var (recipient, _) in context.Mail.Recipients())
        {
            var use = context.Config.Addresses.Find(recipient);
            if (use is AddressUse.OfAlias or AddressUse.OfSystemAddress)
            {
                context.Say("pass", $"also sent to {recipient}, which takes mail");
                return null;
            }
            if (closed is null && use is AddressUse.OfCatchall or AddressUse.OfBounce) (closed, address) = (use, recipient);
        }
        var domain = closed switch
        {
            AddressUse.OfCatchall catchall => catchall.Domain,
            AddressUse.OfBounce bounce => bounce.Domain,
            _ => null,
        };
        if (domain is null)
        {
            context.Say("pass", "not sent to a catch-all or bounce address");
            return null;
        }
        var kind = closed is AddressUse.OfCatchall ? "the catch-all" : "the bounce address";
        context.Say("matched", $"sent straight to {address}, {kind} of {domain.Domain}, and answers nothing we know");
        var instead = domain.CompanyAddress is { } company ? $"Please write to {company} instead." : "Please use the address on our web site instead.";
        return new Decision.Refuse(
            DecisionReason.DirectToCatchall, $"It was sent straight to {address}, {kind} of {domain.Domain}, which takes replies only.", null, Text: $"{address} takes replies to our mail only. {instead}");
    }
}
