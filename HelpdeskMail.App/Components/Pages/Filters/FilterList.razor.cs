using System.Globalization;
using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core;
using HelpdeskMail.Core.Routing.Filters;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Radzen;

namespace HelpdeskMail.App.Components.Pages.Filters;

public sealed partial class FilterList(FilterDirectory filters, FilterEditor editor, DialogService dialogs, NotificationService notifications)
{
    private Loader<Page<FilterRow>>? loader;

    [SupplyParameterFromQuery(Name = "q")] public string? Text { get; set; }

    [SupplyParameterFromQuery] public string? Page { get; set; }

    [CascadingParameter] private Task<AuthenticationState>? Authentication { get; set; }

    private int Number => int.TryParse(Page, NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0 ? page : 1;

    private async Task<Page<FilterRow>?> LoadAsync(CancellationToken cancel) => await filters.ListAsync(Text, Number, cancel);

    private async Task RemoveAsync(Filter filter)
    {
        var sure = await dialogs.Confirm(T["RemoveText"], T["RemoveTitle", filter.Name], new ConfirmOptions { OkButtonText = T["Delete"], CancelButtonText = T["Cancel"] });
        if (sure is not true) return;
        var removed = await editor.RemoveAsync(filter.Id, await Authentication!.ActorAsync());
        if (removed.Ok) notifications.Notify(NotificationSeverity.Success, T["Removed", filter.Name]);
        await loader!.ReloadAsync();
    }
}
