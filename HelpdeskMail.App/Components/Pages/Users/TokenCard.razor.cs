using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core.Access;
using Radzen;

namespace HelpdeskMail.App.Components.Pages.Users;

public sealed partial class TokenCard(ApiTokens tokens, DialogService dialogs, NotificationService notifications)
{
    private static readonly string[] Fields = ["name", "tokenRole"];
    private Loader<IReadOnlyList<ApiToken>>? loader;
    private FormFaults faults = FormFaults.None;
    private bool adding;
    private string name = "";
    private string role = Roles.Agent;
    private string? secret;
    private string secretName = "";

    private IReadOnlyList<Choice<string>> Choices => [.. Roles.All.Select(value => new Choice<string>(value, T[$"Role.{value}"]))];

    private async Task<IReadOnlyList<ApiToken>?> LoadAsync(CancellationToken cancel) => await tokens.ListAsync(cancel);

    private async Task CreateAsync()
    {
        var outcome = await tokens.CreateAsync(name, role);
        faults = new FormFaults(outcome.Errors.ToDictionary(pair => pair.Key == "role" ? "tokenRole" : pair.Key, pair => pair.Value));
        if (faults.Any) return;
        (secret, secretName, name, adding) = (outcome.Value, name, "", false);
        if (loader is not null) await loader.ReloadAsync();
    }

    private async Task RevokeAsync(ApiToken token)
    {
        var sure = await dialogs.Confirm(T["RevokeText"], T["RevokeTitle", token.Name], new ConfirmOptions { OkButtonText = T["Revoke"], CancelButtonText = T["Cancel"] });
        if (sure is not true) return;
        await tokens.RevokeAsync(token.Id);
        notifications.Notify(NotificationSeverity.Success, T["RevokedNow", token.Name]);
        if (loader is not null) await loader.ReloadAsync();
    }
}
