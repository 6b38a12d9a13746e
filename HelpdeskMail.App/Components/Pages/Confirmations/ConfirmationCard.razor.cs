using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core.Confirmations;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace HelpdeskMail.App.Components.Pages.Confirmations;

public sealed partial class ConfirmationCard(ConfirmationDesk confirmations, NavigationManager navigation, ILogger<ConfirmationCard> logger)
{
    private bool busy;
    private string? fault;

    [Parameter, EditorRequired] public ProviderConfirmation Value { get; set; } = null!;

    /// <summary>Its title leads to its page.</summary>
    [Parameter] public bool Linked { get; set; }

    [Parameter] public EventCallback Changed { get; set; }

    [CascadingParameter] private Task<AuthenticationState>? Authentication { get; set; }

    private string Words => Value.Account is { } account ? T["Wants", Value.Provider, account] : T["WantsSomething", Value.Provider];

    private static string HostOf(string link) => Uri.TryCreate(link, UriKind.Absolute, out var url) ? url.IdnHost : link;

    private Task SettleAsync(ConfirmationState state) => RunAsync(async actor =>
    {
        var outcome = await confirmations.SettleAsync(Value.Id, state, actor);
        fault = outcome.Ok ? null : string.Join(' ', outcome.Errors.SelectMany(pair => pair.Value));
        if (outcome.Ok) await Changed.InvokeAsync();
    });

    private Task MakeTicketAsync() => RunAsync(async actor =>
    {
        var outcome = await confirmations.MakeTicketAsync(Value.Id, actor);
        fault = outcome.Ok ? null : string.Join(' ', outcome.Errors.SelectMany(pair => pair.Value));
        if (outcome.Ok) navigation.NavigateTo($"tickets/{outcome.Value}");
    });

    private async Task RunAsync(Func<Core.Access.Actor, Task> work)
    {
        if (busy) return;
        (busy, fault) = (true, null);
        try
        {
            await work(await Authentication!.ActorAsync());
        }
        catch (Exception broke) when (broke is not NavigationException)
        {
            fault = T["Broke"];
            LogBroke(logger, broke);
        }
        busy = false;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Settling a confirmation broke off")]
    private static partial void LogBroke(ILogger logger, Exception fault);
}
