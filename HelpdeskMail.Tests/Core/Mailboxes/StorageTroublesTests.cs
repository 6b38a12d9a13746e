using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Mailboxes.Health;
using HelpdeskMail.Tests.Core.Fetching;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace HelpdeskMail.Tests.Core.Mailboxes;

public sealed class StorageTroublesTests
{
    [Theory, OnPostgres]
    public async Task DatabaseThatTakesNoWrites_IsTheMailboxesError_UntilTheNextFetchIsTakenDown(DatabaseProvider provider)
    {
        var folder = new ScriptedFolder();
        folder.Put("From: ann@b.example\nSubject: one\n\nhello");
        await using var desk = await FlowDesk.StartAsync(provider, services => services.AddSingleton<MailSourceFor>(folder.Open));
        await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox);
        Assert.Equal((MailboxState.Ok, 0), await StatusAsync(desk));

        await ReadOnlyAsync(desk, true); // not even the lease can be taken
        await Assert.ThrowsAnyAsync<Exception>(() => desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox));
        await Assert.ThrowsAnyAsync<Exception>(() => desk.Get<Fetcher>().FetchDueAsync(desk.SupportMailbox));
        Assert.Equal((MailboxState.Error, 2), await StatusAsync(desk));
        var status = (await desk.Get<MailboxDirectory>().GetAsync(desk.SupportMailbox))!.Status;
        Assert.Equal(MailboxErrorKind.Storage, status.ErrorKind);
        Assert.Contains("read-only", status.ErrorServer, StringComparison.Ordinal);
        Assert.Equal((1, 1), (await desk.Get<MailboxDirectory>().InErrorAsync(), await desk.Get<MailboxDirectory>().UnwrittenAsync()));

        await ReadOnlyAsync(desk, false);
        Assert.Null((await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox))!.Error);
        Assert.Equal((MailboxState.Ok, 0), await StatusAsync(desk));

        folder.BeforeOpen = () => ReadOnlyAsync(desk, true).GetAwaiter().GetResult(); // in the middle: the end can't be taken down
        folder.Put("From: ann@b.example\nSubject: two\n\nhello");
        var result = await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox);
        Assert.Equal(MailboxErrorKind.Storage, result!.Error!.Kind);
        Assert.Equal((MailboxState.Error, 1), await StatusAsync(desk));

        folder.BeforeOpen = () => { };
        await ReadOnlyAsync(desk, false);
        Assert.Null((await desk.Get<Fetcher>().FetchAsync(desk.SupportMailbox))!.Error);
        Assert.Equal((MailboxState.Ok, 0), await StatusAsync(desk));
        Assert.Equal(0, await desk.Get<MailboxDirectory>().UnwrittenAsync());
    }

    private static async Task<(MailboxState, int)> StatusAsync(FlowDesk desk) => (await desk.Get<MailboxDirectory>().GetAsync(desk.SupportMailbox))!.Status is var status ? (status.State, status.ErrorStreak) : default;

    private static Task ReadOnlyAsync(FlowDesk desk, bool on) => PostgresFixture.AlterDatabaseAsync(desk.Helpdesk.Database.ConnectionString, $"SET default_transaction_read_only = {(on ? "on" : "off")}");
}
