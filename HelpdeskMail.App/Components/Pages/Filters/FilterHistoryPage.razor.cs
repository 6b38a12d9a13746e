using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core.Routing.Filters;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Radzen;

namespace HelpdeskMail.App.Components.Pages.Filters;

public sealed partial class FilterHistoryPage(FilterDirectory filters, FilterEditor editor, DialogService dialogs, NotificationService notifications)
{
    private Loader<FilterHistory>? loader;
    private string? fault;

    [SupplyParameterFromQuery] public string? Page { get; set; }

    [CascadingParameter] private Task<AuthenticationState>? Authentication { get; set; }

    private async Task<FilterHistory?> LoadAsync(CancellationToken cancel) => await filters.HistoryAsync(PagePosition.Read(Page), cancel: cancel);

    private async Task UndoAsync(FilterChangeRow change)
    {
        fault = null;
        var sure = await dialogs.Confirm(
            change.Before is null ? T["UndoNew", change.Name] : T["UndoBack", change.Name], T["UndoTitle"], new ConfirmOptions { OkButtonText = T["Undo"], CancelButtonText = T["Cancel"] });
        if (sure is not true) return;
        var undone = await editor.UndoAsync(change.Id, await Authentication!.ActorAsync());
        if (undone.Ok) notifications.Notify(NotificationSeverity.Success, T["Undone"]);
        else fault = string.Join(' ', undone.Errors.Values.SelectMany(texts => texts));
        await loader!.ReloadAsync();
    }
}
