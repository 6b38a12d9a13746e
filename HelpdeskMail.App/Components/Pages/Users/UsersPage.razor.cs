using System.Security.Claims;
using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core;
using HelpdeskMail.Core.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Radzen;

namespace HelpdeskMail.App.Components.Pages.Users;

public sealed partial class UsersPage(UserAdministration users, DialogService dialogs, NotificationService notifications)
{
    private Loader<IReadOnlyList<UserRow>>? loader;
    private UserDraft? draft;
    private (string Name, string Password)? secret;
    private string? me;
    private string? fault;
    private string? faultTitle;

    [CascadingParameter] public Task<AuthenticationState>? Session { get; set; }

    [SupplyParameterFromQuery(Name = "q")] public string? Text { get; set; }

    protected override async Task OnInitializedAsync() => me = Session is null ? null : (await Session).User.FindFirstValue(ClaimTypes.NameIdentifier);

    private async Task<IReadOnlyList<UserRow>?> LoadAsync(CancellationToken cancel) => await users.ListAsync(Text, cancel);

    private void Edit(UserRow row) => draft = new UserDraft { Id = row.Id, Email = row.Email, DisplayName = row.DisplayName, Role = row.Role };

    /// <summary>Null: left as it was.</summary>
    private Task DoneAsync(SavedUser? saved)
    {
        var name = draft?.DisplayName ?? "";
        draft = null;
        return saved is null ? Task.CompletedTask : ShowAsync(saved, name);
    }

    private Task ResetAsync(UserRow row) => ChangeAsync(row, "Reset", T["Reset"], () => users.ResetPasswordAsync(row.Id), message: null);

    private Task SwitchAsync(UserRow row) => row.Active
        ? ChangeAsync(row, "Deactivate", T["Deactivate"], () => users.SetActiveAsync(row.Id, active: false), T["Deactivated", row.DisplayName])
        : ChangeAsync(row, ask: null, "", () => users.SetActiveAsync(row.Id, active: true), T["Activated", row.DisplayName]);

    /// <param name="row">Whom.</param>
    /// <param name="ask">Prefix of the texts of the question before it; null: nothing is asked.</param>
    /// <param name="yes">The question's button.</param>
    /// <param name="change">Does it.</param>
    /// <param name="message">Said when it is done; null where a secret is shown instead.</param>
    private async Task ChangeAsync(UserRow row, string? ask, string yes, Func<Task<Outcome<SavedUser>>> change, string? message)
    {
        (fault, secret) = (null, null);
        if (ask is not null)
        {
            var sure = await dialogs.Confirm(T[$"{ask}Text"], T[$"{ask}Title", row.DisplayName], new ConfirmOptions { OkButtonText = yes, CancelButtonText = T["Cancel"] });
            if (sure is not true) return;
        }

        var outcome = await change();
        if (outcome.Value is not { } saved || !outcome.Ok)
        {
            faultTitle = T["NotDone", row.DisplayName];
            fault = string.Join(' ', outcome.Errors.Values.SelectMany(texts => texts));
            return;
        }

        if (message is not null) notifications.Notify(NotificationSeverity.Success, message);
        await ShowAsync(saved, row.DisplayName);
    }

    private Task ShowAsync(SavedUser saved, string name)
    {
        secret = saved.GeneratedPassword is { } password ? (name, password) : null;
        return loader?.ReloadAsync() ?? Task.CompletedTask;
    }
}
