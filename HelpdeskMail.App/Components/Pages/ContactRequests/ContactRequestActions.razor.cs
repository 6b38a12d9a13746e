using System.Globalization;
using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core;
using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.ContactRequests;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Ingestion;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace HelpdeskMail.App.Components.Pages.ContactRequests;

/// <summary>What can be done with contact requests: the same for one and for many.</summary>
public sealed partial class ContactRequestActions(ContactRequestDesk desk)
{
    private string queue = "";
    private string number = "";
    private string reason = "";
    private string? fault;
    private bool busy;

    [Parameter, EditorRequired] public IReadOnlyCollection<long> Ids { get; set; } = [];

    [Parameter, EditorRequired] public IReadOnlyList<QueueChoice> Queues { get; set; } = [];

    /// <summary>The queue that is chosen to begin with; null: each mailbox's own.</summary>
    [Parameter] public long? QueueId { get; set; }

    [Parameter] public bool MayDismiss { get; set; } = true;

    [Parameter] public EventCallback<ContactRequestOutcome> Done { get; set; }

    [CascadingParameter] private Task<AuthenticationState>? Authentication { get; set; }

    protected override void OnInitialized() => queue = QueueId?.ToString(CultureInfo.InvariantCulture) ?? "";

    private Task TicketAsync() => RunAsync(
        "Made", actor => desk.MakeTicketsAsync([.. Ids], long.TryParse(queue, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null, actor));

    private Task AppendAsync() => RunAsync("Appended", async actor =>
        await desk.FindTicketAsync(number) is { } ticket ? await desk.AppendAsync([.. Ids], ticket, actor) : Faults.Of("ticket", T["NoSuchTicket", number]));

    private Task DismissAsync() => RunAsync("Dismissed", async actor =>
        string.IsNullOrWhiteSpace(reason) ? Faults.Of("reason", T["ReasonNeeded"]) : await desk.DismissAsync([.. Ids], reason, actor));

    private async Task RunAsync(string what, Func<Actor, Task<Outcome<IReadOnlyDictionary<long, HandResult>>>> act)
    {
        if (busy) return;
        busy = true;
        try
        {
            var outcome = await act(Authentication is null ? Actor.System : await Authentication.ActorAsync());
            fault = outcome.Ok ? null : string.Join(' ', outcome.Errors.Values.SelectMany(texts => texts));
            if (outcome.Value is not { } results || !outcome.Ok) return;
            var good = results.Values.Where(result => result.Fault is null).ToList();
            var tickets = good.Select(result => result.TicketId).OfType<long>().Distinct().ToList();
            await Done.InvokeAsync(new ContactRequestOutcome(
                good.Count == 1 ? T[$"{what}.One"] : T[$"{what}.Many", good.Count], [.. results.Values.Select(result => result.Fault).OfType<string>()], tickets.Count == 1 ? tickets[0] : null));
        }
        finally
        {
            busy = false;
        }
    }
}
