using HelpdeskMail.Core.Deliveries;
using HelpdeskMail.Core.Routing.FollowUp;
using HelpdeskMail.Core.Tickets;

namespace HelpdeskMail.Core.Ingestion.Steps;

/// <summary>
/// Finds the mail of ours that a report is about, by the first of these that names one: its own id, as the report returns it; a ticket that the report
/// names by an id of the thread, a signed id or a tag, and the recipient; the recipient, time and subject among what we sent lately, where that is one mail.
/// </summary>
internal static class ReportSearch
{
    /// <summary>A mail's Date is written when its row is.</summary>
    private static readonly TimeSpan SameTime = TimeSpan.FromSeconds(2);

    public static SentMail? Find(RoutingContext context, ReadOriginal original) => ById(context, original) ?? ByTicket(context, original) ?? ByRecipient(context, original);

    private static SentMail? ById(RoutingContext context, ReadOriginal original)
    {
        foreach (var id in original.Ids)
        {
            var mail = context.Knowledge.Sent?.WithId(id);
            if (mail is null && context.Knowledge.MessagesWithId(id).FirstOrDefault(known => known is { Direction: MessageDirection.Outbound, Internal: false }) is { } known) mail = SentMail.Of(known);
            if (mail is null) continue;
            context.Say("matched", $"<{id}> is {mail.Name}");
            return mail;
        }
        context.Say("compared", original.Ids.Count == 0 ? "the report names the mail by no id" : $"{Ids(original.Ids)} in the report: none of a mail that we sent");
        return null;
    }

    private static SentMail? ByTicket(RoutingContext context, ReadOriginal original)
    {
        if (Ticket(context, original) is not var (ticket, how)) return null;
        var sent = context.Knowledge.Sent?.Of(ticket, context.Incoming.HeardAt) ?? [];
        var addresses = Addresses(context);
        var fitting = Narrow(addresses.Count == 0 ? sent : [.. sent.Where(mail => mail.Recipient(addresses) is not null)], original);
        if (fitting.Count == 0 || (addresses.Count == 0 && fitting.Count > 1))
        {
            context.Say("compared", fitting.Count > 0 ? $"{how} names ticket {ticket.Number}, but not which of its {fitting.Count} mails" : $"{how} names ticket {ticket.Number}, but nothing was sent from there to {Names(addresses)}");
            return null;
        }
        context.Say("matched", $"{how} names ticket {ticket.Number}; {(fitting.Count == 1 ? "its only" : $"the last of its {fitting.Count}")} mail to {Names(addresses)} that fits");
        return fitting[0];
    }

    /// <summary>Without any id, only where there is no doubt.</summary>
    private static SentMail? ByRecipient(RoutingContext context, ReadOriginal original)
    {
        var addresses = Addresses(context);
        if (addresses.Count == 0) return null;
        var days = SentMails.Recent.TotalDays;
        var sent = context.Knowledge.Sent?.To(addresses, context.Incoming.HeardAt) ?? [];
        if (sent.Count == 0)
        {
            context.Say("compared", $"nothing was sent to {Names(addresses)} in the {days:0} days before");
            return null;
        }
        var fitting = Narrow(sent, original);
        var compared = $"{sent.Count} mail(s) sent to {Names(addresses)} in the {days:0} days before{(original.Subject is { } subject ? $", {fitting.Count} of them with the subject \"{subject}\"" : "")}"
            + (original.Subject is null ? "; the report doesn't return its subject" : "") + (original.Date is { } date ? FormattableString.Invariant($", written at {date:u}") : "");
        if (fitting.Count != 1)
        {
            context.Say("compared", $"{compared}: {(fitting.Count == 0 ? "none fits" : "which one it is can't be told")}");
            return null;
        }
        context.Say("matched", $"{compared}: {fitting[0].Name}");
        return fitting[0];
    }

    private static (Ticket Ticket, string How)? Ticket(RoutingContext context, ReadOriginal original)
    {
        var clues = TicketClues.Of(context.Mail, context.Config.Signature);
        if (clues.Signed is var (id, signed) && context.Knowledge.Ticket(signed) is { } bySignature) return (bySignature, $"<{id}>, signed by us,");
        if (clues.Tagged is var (address, tagged) && context.Knowledge.Ticket(tagged) is { } byTag) return (byTag, address);
        foreach (var named in original.Ids.Concat(original.Thread))
        {
            if (context.Knowledge.MessagesWithId(named) is [var known, ..]) return (known.Ticket, $"<{named}>");
        }
        return null;
    }

    /// <summary>By what the report returns of the mail's header.</summary>
    private static IReadOnlyList<SentMail> Narrow(IReadOnlyList<SentMail> mails, ReadOriginal original)
    {
        if (original.Subject is { } subject) mails = [.. mails.Where(mail => Bare(mail.Subject) == Bare(subject))];
        return original.Date is { } date && mails.Count > 1 && mails.Where(mail => (mail.SentAt - date).Duration() <= SameTime).ToList() is { Count: > 0 } same ? same : mails;
    }

    private static string Bare(string subject) => string.Concat(subject.Where(character => !char.IsWhiteSpace(character)));

    private static List<string> Addresses(RoutingContext context) => [.. context.Mail.Reports.SelectMany(report => report.Addresses).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static string Names(List<string> addresses) => addresses.Count == 0 ? "anybody" : string.Join(" or ", addresses.Take(3)) + (addresses.Count > 3 ? " …" : "");

    private static string Ids(IReadOnlyList<string> ids) => string.Join(", ", ids.Take(3).Select(id => $"<{id}>")) + (ids.Count > 3 ? $" and {ids.Count - 3} more" : "");
}
