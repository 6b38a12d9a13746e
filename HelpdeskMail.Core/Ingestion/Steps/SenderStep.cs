using HelpdeskMail.Core.Routing;
using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Mail.Addresses;
using HelpdeskMail.Mail.Reports;

namespace HelpdeskMail.Core.Ingestion.Steps;

/// <summary>Notes whether the author is who the mail says, by a server that the mailbox trusts (G9), and who counts as its author (P8).</summary>
internal sealed class SenderStep : IRoutingStep
{
    public string Name => "sender";

    public Decision? Decide(RoutingContext context)
    {
        var mailbox = context.Config.Mailbox(context.Incoming.MailboxId);
        if (mailbox is { AuthServers.Length: > 0 }) Judge(context, AuthServers.Split(mailbox.AuthServers));
        else if (context.Mail.Headers.Contains("Authentication-Results")) context.Say("unknown", $"its Authentication-Results count for nothing: {(mailbox is null ? "it came through no mailbox" : $"mailbox \"{mailbox.Name}\" trusts no server")}");
        if (context.ReplyToSays is { } said) context.Say("reply-to", said);
        return null;
    }

    private static void Judge(RoutingContext context, IReadOnlyList<string> trusted)
    {
        var from = context.Mail.From.Address;
        if (!MailAddress.TryParse(from, out var author) || SenderAuthentication.Judge(context.Mail.Headers, author, trusted) is not { } check)
        {
            context.Trust = new SenderTrust(SenderVerdict.Unknown, AuthServers.Join(trusted), null, "no results");
            context.Say("unknown", $"no results of {AuthServers.Join(trusted)}");
            return;
        }
        context.Trust = new SenderTrust(check.Verdict, MailText.Line(check.Host, 255), check.Domain, MailText.Line(check.Detail, 500));
        var (verdict, words) = check.Verdict switch
        {
            SenderVerdict.Passed => ("passed", $"{check.Domain} vouches for it"),
            SenderVerdict.Failed => ("failed", $"{check.Domain} disowns it"),
            SenderVerdict.Unknown => ("unknown", "nothing speaks for or against its author"),
            _ => throw new InvalidOperationException($"Unknown verdict {check.Verdict}."),
        };
        context.Say(verdict, $"{words}, says {check.Host}: {context.Trust.Detail}");
    }
}
