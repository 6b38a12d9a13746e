using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Routing.FollowUp;

namespace HelpdeskMail.Core.Routing.Agents;

/// <summary>The marks of our notifications in a mail whose signatures are good, whoever they were made for.</summary>
internal static class AgentMarks
{
    private const int MaxMarks = 5;

    /// <summary>The tags as they stand there, most telling first; not yet checked. Empty for nearly all mail, and cheap to tell.</summary>
    public static IEnumerable<AgentTag> Tags(ReadMail mail)
    {
        foreach (var id in mail.ReplyIds())
        {
            if (TicketSignature.AgentTagInMessageId(id) is { } tag) yield return tag;
        }
        foreach (var address in mail.DeliveredTo)
        {
            if (TicketSignature.AgentTagInAddress(address) is { } tag) yield return tag;
        }
        foreach (var address in mail.To.Concat(mail.Cc))
        {
            if (TicketSignature.AgentTagInAddress(address.Address) is { } tag) yield return tag;
        }
    }

    public static IReadOnlyList<(AgentTag Tag, RoutingAgent Owner)> Of(ReadMail mail, RoutingConfig config)
    {
        if (config.Signature is not { } signature) return [];
        List<(AgentTag, RoutingAgent)>? found = null;
        foreach (var tag in Tags(mail).Distinct().Take(MaxMarks))
        {
            // Nearly always it is the sender's own; else everybody is asked, so that a notification in other hands is known for what it is.
            var owner = config.Agent(mail.From.Address) is { } sender && signature.IsFor(tag, sender.Id) ? sender : config.Agents.FirstOrDefault(agent => signature.IsFor(tag, agent.Id));
            if (owner is not null) (found ??= []).Add((tag, owner));
        }
        return found ?? [];
    }
}
