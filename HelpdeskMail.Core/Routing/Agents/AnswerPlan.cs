using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Tickets;

namespace HelpdeskMail.Core.Routing.Agents;

/// <summary>Where an agent's answer to a ticket would go, and from where.</summary>
/// <param name="Sender">Null: no account could send it.</param>
/// <param name="Cc">Everybody else in the customer's last mail, but for us and our agents.</param>
internal sealed record AnswerPlan(ReplySender? Sender, MessageAddress To, IReadOnlyList<MessageAddress> Cc)
{
    public string Recipients => string.Join(", ", Cc.Select(address => address.Address).Prepend(To.Address));
}
