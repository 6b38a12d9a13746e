using HelpdeskMail.Core.Notices;
using HelpdeskMail.Core.Routing.Agents;
using HelpdeskMail.Core.Tickets;

namespace HelpdeskMail.Core.Agents;

/// <summary>What an agent is told of by mail.</summary>
/// <param name="Ticket">Its number and id are known when the mail is written.</param>
/// <param name="Author">Who wrote what it is about.</param>
/// <param name="Text">Of that.</param>
internal sealed record AgentNotice(NoticeKind Kind, RoutingAgent Agent, Ticket Ticket, string Author, string Text, IReadOnlyList<string> Files);
