using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Mail.Reports;

namespace HelpdeskMail.Core.Routing.Agents;

/// <summary>A customer's mail that an agent forwarded (P14).</summary>
/// <param name="Author">Who wrote the original: the customer.</param>
/// <param name="Subject">Without the forwarder's prefix.</param>
internal sealed record AgentForward(RoutingAgent Agent, MessageAddress Author, string Subject, ForwardedMail Mail);
