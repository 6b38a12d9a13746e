using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Alerts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace HelpdeskMail.App.Components.Pages.Alerts;

/// <summary>What the viewer was alerted of, newest first: of their own mail and, for administrators, of what concerns all. Looking at it marks it as read.</summary>
public sealed partial class AlertsPage(AlertQueries alerts)
{
    private const int PageSize = 50;

    /// <summary>What was read before this visit: what is newer stays marked as new until the page is left.</summary>
    private long? readUpTo;

    [SupplyParameterFromQuery] public long? Before { get; set; }

    [CascadingParameter] private Task<AuthenticationState>? Authentication { get; set; }

    private static string Href(Alert alert) => alert.Kind switch
    {
        AlertKind.SenderStopped => $"loops/{alert.AboutId}",
        AlertKind.ConfirmationWaits => $"confirmations/{alert.AboutId}",
        AlertKind.MailReturned or AlertKind.MailComplaint => $"tickets/{alert.TicketId}#message-{alert.AboutId}",
        _ => $"mailboxes/{alert.MailboxId}",
    };

    private static string Symbol(AlertKind kind) => kind switch
    {
        AlertKind.MailboxRecovered => "check_circle",
        AlertKind.SenderStopped => "sync_problem",
        AlertKind.ConfirmationWaits => "mark_email_unread",
        AlertKind.MailReturned => "unsubscribe",
        AlertKind.MailComplaint => "report",
        _ => "error",
    };

    private async Task<AlertView?> LoadAsync(CancellationToken cancel)
    {
        if (Authentication is null) return new AlertView([], 0, null);
        var user = (await Authentication).User;
        var found = await alerts.ListAsync(user.ToActor().Id, user.IsInRole(Roles.Administrator), Before, PageSize + 1, cancel);
        if (user.ToActor().Id is { } me)
        {
            readUpTo ??= await alerts.ReadUpToAsync(me, cancel);
            // Prerendering shows nobody anything yet.
            if (RendererInfo.IsInteractive && Before is null && found.Count > 0 && found[0].Id > await alerts.ReadUpToAsync(me, cancel)) await alerts.MarkReadAsync(me, found[0].Id, cancel);
        }
        return new AlertView([.. found.Take(PageSize)], readUpTo ?? 0, found.Count > PageSize ? found[PageSize - 1].Id : null);
    }
}

/// <param name="Next">Where the next page begins; null: there is none.</param>
internal sealed record AlertView(IReadOnlyList<Alert> Alerts, long ReadUpTo, long? Next);
