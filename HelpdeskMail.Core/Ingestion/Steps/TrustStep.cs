using HelpdeskMail.Core.Routing.Filters;

namespace HelpdeskMail.Core.Ingestion.Steps;

/// <summary>Takes X-Helpdesk-* headers for commands where the mailbox is trusted; from any other they count for nothing, neither here nor in filters (O6).</summary>
internal sealed class TrustStep : IRoutingStep
{
    public string Name => "trust";

    public Decision? Decide(RoutingContext context)
    {
        var headers = context.Mail.Headers.Where(header => header.Name.StartsWith(FilterMail.CommandPrefix, StringComparison.OrdinalIgnoreCase)).ToList();
        if (headers.Count == 0)
        {
            context.Say("pass", "no X-Helpdesk headers");
            return null;
        }
        var mailbox = context.Config.Mailbox(context.Incoming.MailboxId);
        if (mailbox is not { Trusted: true })
        {
            context.Say("stripped", $"{headers.Count} X-Helpdesk header(s) count for nothing: {(mailbox is null ? "it came through no mailbox" : $"mailbox \"{mailbox.Name}\" is not trusted")}");
            return null;
        }
        foreach (var header in headers)
        {
            var value = MailText.Line(header.Value, 2000);
            context.Commands[header.Name] = value;
            if (CommandHeaders.Apply(context, header.Name, value) is { } done) context.Say("command", $"{header.Name}: {value} → {done}");
        }
        return context.IgnoredBy(Name);
    }
}
