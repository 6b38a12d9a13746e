using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace HelpdeskMail.Tests.Core.Settings;

public sealed class SettingsStoreTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Save_WorksAtOnceOnEveryNode(DatabaseProvider provider)
    {
        await using var helpdesk = await TestHelpdesk.StartAsync(provider);
        await using var other = helpdesk.AnotherNode();
        var store = helpdesk.Get<SettingsStore>();
        Assert.Equal((20, 120, 0), (await store.GetAsync(Parameters.LoopThreshold), await store.GetAsync(Parameters.LoopMinutes), (await store.GetAsync(Parameters.CatchallDomains)).Count));

        var saved = await store.SaveAsync(new Dictionary<string, string?> { ["mail.gateway.loop.threshold"] = " 5 ", ["mail.catchall.domain.allowed"] = "Helpdesk.test;@müller.example" });

        Assert.True(saved.Ok);
        Assert.Equal(5, await other.GetRequiredService<SettingsStore>().GetAsync(Parameters.LoopThreshold));
        Assert.Equal(["helpdesk.test", "müller.example"], await other.GetRequiredService<SettingsStore>().GetAsync(Parameters.CatchallDomains));
        Assert.Equal([true, false], (await store.ListAsync()).Where(row => row.Key is "mail.gateway.loop.minutes" or "mail.catchall.domain.allowed").Select(row => row.IsDefault));
        Assert.True((await store.SaveAsync(new Dictionary<string, string?> { ["mail.gateway.loop.threshold"] = null })).Ok);
        Assert.Equal(20, await store.GetAsync(Parameters.LoopThreshold));
    }

    [Fact]
    public async Task Save_OneWrong_SavesNone()
    {
        await using var helpdesk = await TestHelpdesk.StartAsync();

        var saved = await helpdesk.Get<SettingsStore>().SaveAsync(new Dictionary<string, string?>
        {
            ["mail.gateway.loop.threshold"] = "5",
            ["mail.gateway.loop.minutes"] = "two hours",
            ["mail.catchall.domain.allowed"] = "not a/domain",
            ["mail.unknown"] = "1",
        });

        Assert.Equal(["mail.catchall.domain.allowed", "mail.gateway.loop.minutes", "mail.unknown"], saved.Errors.Keys.Order());
        await using var db = helpdesk.Db();
        Assert.Equal(0, await db.Settings.CountAsync());
    }
}
