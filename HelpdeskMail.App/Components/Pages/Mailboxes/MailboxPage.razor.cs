using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Mailboxes.Health;
using Microsoft.AspNetCore.Components;

namespace HelpdeskMail.App.Components.Pages.Mailboxes;

public sealed partial class MailboxPage(MailboxDirectory mailboxes, MailboxHealthQueries health, ConnectionTester tester, TimeProvider time)
{
    /// <summary>The communication log is purged after 31 days.</summary>
    private static readonly TimeSpan LogIsKept = TimeSpan.FromDays(30);

    private TestSteps? test;
    private FetchNow? fetcher;
    private FetchView? fetch;

    [Parameter] public long Id { get; set; }

    private async Task<MailboxDetails?> LoadAsync(CancellationToken cancel)
    {
        var row = await mailboxes.GetAsync(Id, cancel);
        var draft = await mailboxes.DraftAsync(Id, cancel);
        return row is null || draft is null ? null : new MailboxDetails(row, draft, await health.GetAsync(Id, cancel), await health.TroublesAsync(Id, cancel: cancel));
    }

    private Task FetchAsync() => fetcher?.FetchAsync() ?? Task.CompletedTask;

    // The draft carries no password: the tester takes the saved one.
    private Task TestAsync(MailboxDraft draft) => test?.RunAsync((options, cancel) => tester.TestAsync(draft, options, cancel)) ?? Task.CompletedTask;
}
