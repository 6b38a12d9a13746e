using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Routing.Agents;
using HelpdeskMail.Core.Tickets;

namespace HelpdeskMail.Core.Agents;

/// <summary>An agent's mail that is to be sent to the customer.</summary>
internal sealed record AgentAnswer(IncomingMail Incoming, Ticket Ticket, AgentMail Mail, AnswerPlan Plan, SenderTrust? Trust);
