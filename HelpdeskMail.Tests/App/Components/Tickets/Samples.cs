using HelpdeskMail.Core.Tickets;
using HelpdeskMail.Mail.Reports;

namespace HelpdeskMail.Tests.App.Components.Tickets;

internal static class Samples
{
    public static MessageView Inbound(string text = "", string? html = null, IReadOnlyList<AttachmentView>? files = null) => new(
        7, 1, MessageDirection.Inbound, false, new("Anna", "anna@example.org"), [new(null, "support@helpdesk.test")], [], "Hello", null, null, null,
        DateTime.UnixEpoch, DateTime.UnixEpoch, text, html, files ?? [], AutomaticKind.None, [], null, null, null, null, [], true, HasHtml: html is not null);
}
