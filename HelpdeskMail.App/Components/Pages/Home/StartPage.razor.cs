using HelpdeskMail.App.Components.Pages.Mailboxes;
using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core;
using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Tickets;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace HelpdeskMail.App.Components.Pages.Home;

/// <summary>Where one lands: agents at the tickets, administrators at what is left to set up and, once nothing is, at the tickets too.</summary>
public sealed partial class StartPage(
    DepartmentDirectory departments, OutboundAccountDirectory accounts, MailboxDirectory mailboxes, ConnectionTester tester, FirstFetchPreview previews, TicketQueries tickets,
    LiveUpdates live, NavigationManager navigation) : IDisposable
{
    private Loader<SetupProgress>? loader;
    private TestSteps? test;
    private FetchView? fetch;
    private PreviewResult? preview;
    private bool looking;
    private bool notices;
    private bool failed;
    private bool tested;
    private bool watched;
    private bool gone;

    [CascadingParameter] public Task<AuthenticationState>? Session { get; set; }

    private bool IsAdministrator { get; set; }

    public void Dispose()
    {
        gone = true;
        live.Changed -= OnChanged;
    }

    protected override async Task OnInitializedAsync()
    {
        live.Changed += OnChanged;
        var user = Session is null ? null : (await Session).User;
        IsAdministrator = user?.IsInRole(Roles.Administrator) is true;
        if (!IsAdministrator) navigation.NavigateTo("tickets", replace: true);
    }

    private async Task<SetupProgress?> LoadAsync(CancellationToken cancel)
    {
        var queues = await departments.QueuesAsync(cancel);
        var outbound = await accounts.ListAsync(null, cancel);
        var boxes = await mailboxes.ListAsync(null, cancel);
        var any = await tickets.ListAsync(new TicketFilter { AllStates = true, PageSize = 1 }, cancel);
        var setup = SetupProgress.Of(queues.Count > 0, outbound.Count > 0, boxes, tested, any.Total > 0);

        // Somebody who watched the last step tick stays to see it; whoever comes later goes on to work.
        if (setup.Complete && !watched) navigation.NavigateTo("tickets", replace: true);
        watched = true;
        return setup;
    }

    private Task TestAsync(long mailboxId) => test?.RunAsync((options, cancel) => TestAsync(mailboxId, options, cancel)) ?? Task.CompletedTask;

    private async IAsyncEnumerable<TestStep> TestAsync(long mailboxId, TestOptions options, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var draft = await mailboxes.DraftAsync(mailboxId, cancel);
        if (draft is null) yield break;
        await foreach (var step in tester.TestAsync(draft, options, cancel)) yield return step;
    }

    private async Task PreviewAsync(long mailboxId)
    {
        if (looking || await mailboxes.DraftAsync(mailboxId) is not { } draft) return;
        (looking, preview, notices) = (true, null, draft.Notices && draft.FirstFetchNotices);
        try
        {
            preview = await previews.LookAsync(draft);
        }
        finally
        {
            looking = false;
        }
    }

    private Task TestedAsync(bool passed)
    {
        (tested, failed) = (tested || passed, !passed);
        return loader?.ReloadAsync() ?? Task.CompletedTask;
    }

    private void OnChanged(LiveTopic topic)
    {
        if (topic == LiveTopic.Tickets && !gone && loader is not null) _ = InvokeAsync(loader.ReloadAsync);
    }
}
