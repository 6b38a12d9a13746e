namespace HelpdeskMail.Core.Routing.Agents;

/// <summary>What a notification to an agent is signed with, and an answer to it carries: which ticket, and whether it was about something internal.
/// The signature also covers the agent, so it is worth nothing in another's mail.</summary>
/// <param name="Internal">The notification was about a note: what answers it stays a note.</param>
/// <param name="Code">Not yet checked.</param>
internal sealed record AgentTag(long TicketId, bool Internal, string Code);
