namespace HelpdeskMail.Core.Routing.Agents;

/// <summary>What an agent wrote by mail on a ticket (P13).</summary>
/// <param name="Text">His own words, without quotation and signature.</param>
/// <param name="Internal">It becomes a note; else it is sent to the customer.</param>
internal sealed record AgentMail(RoutingAgent Agent, string Text, bool Internal);
