using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Routing.Addresses;
using HelpdeskMail.Core.Tickets;

namespace HelpdeskMail.Core.Outbound;

/// <summary>
/// Where answers to what we send come back to: the alias of the ticket's queue (N1), else the catch-all of the department's alias domain (N3), else the
/// sender itself; and where delivery reports come to: the domain's bounce address (N4), else the sender.
/// </summary>
/// <param name="ReplyTo">Null: the sender's own address does.</param>
/// <param name="EnvelopeFrom">The reverse-path (RFC 5321 §4.1.1.2).</param>
internal sealed record ReplyAddresses(string? ReplyTo, string EnvelopeFrom)
{
    /// <param name="tag">Null: the reply address gets none.</param>
    public static ReplyAddresses Of(RoutingConfig config, Ticket ticket, string sender, string? tag)
    {
        var domain = config.DomainOf(ticket.QueueId);
        var alias = config.Addresses.AliasOf(ticket.QueueId, domain);
        var replyTo = alias ?? domain?.CatchallAddress;
        if (tag is not null) replyTo = Tagged(replyTo ?? sender, tag);
        if (string.Equals(replyTo, sender, StringComparison.OrdinalIgnoreCase)) replyTo = null;
        return new ReplyAddresses(replyTo, domain?.BounceAddress ?? sender);
    }

    private static string Tagged(string address, string tag)
    {
        var at = address.LastIndexOf('@');
        return $"{address[..at]}+{tag}{address[at..]}";
    }
}
