using HelpdeskMail.Core.Settings;
using HelpdeskMail.Mail.Addresses;

namespace HelpdeskMail.Core.Tickets;

/// <summary>Checks what an agent wants to write, all faults at once.</summary>
internal static class ReplyChecks
{
    private const int MaxRecipients = 100;

    public static Faults Check(ReplyDraft draft, Ticket ticket, MailOptions options)
    {
        var faults = new Faults();
        if (string.IsNullOrWhiteSpace(draft.Text) && string.IsNullOrWhiteSpace(draft.Html)) faults.Add("text", "Write something first.");
        if (ticket.State == TicketState.Merged) faults.Add("", "This ticket was merged into another one. Write there.");
        if (draft.State is TicketState.New or TicketState.Merged) faults.Add("state", "A message can't bring a ticket into this state.");
        if (draft.Attachments.Sum(file => (long)file.Bytes.Length) > options.MaxMessageBytes / 4 * 3) faults.Add("attachments", "The files are larger than a mail may be.");
        if (draft.Attachments.Any(file => string.IsNullOrWhiteSpace(file.Name))) faults.Add("attachments", "Every file needs a name.");
        if (draft.Internal) return faults;
        Check(faults, "to", draft.To);
        Check(faults, "cc", draft.Cc);
        if (draft.To.Count + draft.Cc.Count > MaxRecipients) faults.Add("to", $"A reply goes to at most {MaxRecipients} recipients.");
        return faults;
    }

    public static MailAddress? Parse(MessageAddress address) =>
        MailAddress.TryParse(address.Address, out var parsed) ? parsed with { DisplayName = string.IsNullOrWhiteSpace(address.Name) ? null : address.Name } : null;

    private static void Check(Faults faults, string field, List<MessageAddress> addresses)
    {
        foreach (var address in addresses)
        {
            if (Parse(address) is null) faults.Add(field, $"\"{address.Address}\" is not a mail address.");
        }
    }
}
