using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Outbound;
using Xunit;

namespace HelpdeskMail.Tests.Core.Outbound;

public sealed class OutboundAccountEditorTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Save_Global_TakesTheOthersPlace(DatabaseProvider provider)
    {
        await using var helpdesk = await TestHelpdesk.StartAsync(provider);
        var first = await helpdesk.AccountAsync("first", global: true);
        var second = await helpdesk.AccountAsync("Second", global: true);
        var directory = helpdesk.Get<OutboundAccountDirectory>();

        Assert.Equal([false, true], (await directory.ListAsync()).Select(row => row.IsGlobal));
        var draft = (await directory.DraftAsync(second))!;
        Assert.True(draft.IsGlobal);
        draft.IsGlobal = false;
        Assert.True((await helpdesk.Get<OutboundAccountEditor>().SaveAsync(draft)).Ok);

        await using var db = helpdesk.Db();
        Assert.Null(await GlobalAccount.IdAsync(db, default));
        Assert.False((await directory.DraftAsync(first))!.IsGlobal);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Save_WithoutAuthentication_ForgetsThePassword(DatabaseProvider provider)
    {
        await using var helpdesk = await TestHelpdesk.StartAsync(provider);
        var id = await helpdesk.AccountAsync();
        var draft = (await helpdesk.Get<OutboundAccountDirectory>().DraftAsync(id))!;
        Assert.Equal((null, true, "support@helpdesk.test"), (draft.Password, draft.HasSavedPassword, draft.UserName));
        draft.Authenticate = false;
        draft.Host = "relay.helpdesk.test";

        Assert.True((await helpdesk.Get<OutboundAccountEditor>().SaveAsync(draft)).Ok);

        await using var db = helpdesk.Db();
        var account = (await db.OutboundAccounts.FindAsync(id))!;
        Assert.Equal((null, null), (account.UserName, account.ProtectedPassword));
    }

    [Fact]
    public async Task Save_EverythingWrong_NamesEveryField()
    {
        await using var helpdesk = await TestHelpdesk.StartAsync();

        var saved = await helpdesk.Get<OutboundAccountEditor>().SaveAsync(new() { Address = "nobody", DisplayName = "a\nb", Host = "http://smtp", Port = 0, PinnedCertificate = "zz" });

        Assert.Equal(["address", "displayName", "host", "name", "password", "pinnedCertificate", "port"], saved.Errors.Keys.Order());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Remove_InUse_SaysByWhat(DatabaseProvider provider)
    {
        await using var helpdesk = await TestHelpdesk.StartAsync(provider);
        var id = await helpdesk.AccountAsync(global: true);
        var free = await helpdesk.AccountAsync("free");
        var queue = await helpdesk.QueueAsync(await helpdesk.DepartmentAsync("Sales", id));
        await helpdesk.MailboxAsync(queue, "info", id);

        var removed = await helpdesk.Get<OutboundAccountEditor>().RemoveAsync(id);

        Assert.Equal(3, removed.Errors[""].Length);
        Assert.Equal(["Sales", "info"], (await helpdesk.Get<OutboundAccountDirectory>().ListAsync("SUPPORT-smtp"))[0].UsedBy);
        Assert.True((await helpdesk.Get<OutboundAccountEditor>().RemoveAsync(free)).Ok);
    }
}
