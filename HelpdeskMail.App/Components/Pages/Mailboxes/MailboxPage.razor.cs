using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core.Mailboxes;
using Microsoft.AspNetCore.Components;

namespace HelpdeskMail.App.Components.Pages.Mailboxes;

public sealed partial class MailboxPage(MailboxDirectory mailboxes, ConnectionTester tester)
{
    private TestSteps? test;
    private FetchView? fetch;

    [Parameter] public long Id { get; set; }

    private async Task<MailboxDetails?> LoadAsync(CancellationToken cancel)
    {
        var row = await mailboxes.GetAsync(Id, cancel);
        var draft = await mailboxes.DraftAsync(Id, cancel);
        return row is null || draft is null ? null : new MailboxDetails(row, draft);
    }

    // The draft carries no password: the tester takes the saved one.
    private Task TestAsync(MailboxDraft draft) => test?.RunAsync((options, cancel) => tester.TestAsync(draft, options, cancel)) ?? Task.CompletedTask;
}
