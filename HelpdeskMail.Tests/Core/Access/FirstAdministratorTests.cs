using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace HelpdeskMail.Tests.Core.Access;

public sealed class FirstAdministratorTests
{
    private const string Password = "correct horse battery";

    [Theory, OnSqlite, OnPostgres]
    public async Task Claim_WithTheToken_MakesTheAdministratorOnce(DatabaseProvider provider)
    {
        await using var helpdesk = await TestHelpdesk.StartAsync(provider);
        var first = helpdesk.Get<FirstAdministrator>();
        var token = (await first.OfferAsync())!;
        Assert.True(await first.FitsAsync(token));

        Assert.True((await first.ClaimAsync(token, "ann@helpdesk.test", "Ann", Password)).Ok);

        var row = Assert.Single(await helpdesk.Get<UserAdministration>().ListAsync());
        Assert.Equal(("Ann", "ann@helpdesk.test", Roles.Administrator, true), (row.DisplayName, row.Email, row.Role, row.Active));
        Assert.False(await first.FitsAsync(token));
        Assert.Equal("token", Assert.Single((await first.ClaimAsync(token, "eve@helpdesk.test", "Eve", Password)).Errors.Keys));
        Assert.Null(await first.OfferAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Claim_OnEightNodesAtOnce_OneWins(DatabaseProvider provider)
    {
        await using var helpdesk = await TestHelpdesk.StartAsync(provider);
        await using var other = helpdesk.AnotherNode();
        var token = (await helpdesk.Get<FirstAdministrator>().OfferAsync())!;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() =>
            (number % 2 == 0 ? helpdesk.Get<FirstAdministrator>() : other.GetRequiredService<FirstAdministrator>()).ClaimAsync(token, $"user{number}@helpdesk.test", "U", Password))));

        Assert.Single(outcomes, outcome => outcome.Ok);
        Assert.Single(await helpdesk.Get<UserAdministration>().ListAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Claim_BadPasswordOrAddress_LeavesTheTokenGood(DatabaseProvider provider)
    {
        await using var helpdesk = await TestHelpdesk.StartAsync(provider);
        var first = helpdesk.Get<FirstAdministrator>();
        var token = (await first.OfferAsync())!;

        Assert.Equal(["password"], (await first.ClaimAsync(token, "ann@helpdesk.test", "Ann", "short")).Errors.Keys);
        Assert.Equal(["displayName", "email"], (await first.ClaimAsync(token, "ann", "", Password)).Errors.Keys.Order());
        Assert.Empty(await helpdesk.Get<UserAdministration>().ListAsync());
        Assert.True((await first.ClaimAsync(token, "ann@helpdesk.test", "Ann", Password)).Ok);
    }

    [Fact]
    public async Task Offer_Again_MakesTheOlderTokenWorthless_AndADatabaseNeverHoldsOne()
    {
        await using var helpdesk = await TestHelpdesk.StartAsync();
        var first = helpdesk.Get<FirstAdministrator>();
        var old = (await first.OfferAsync())!;
        var token = (await first.OfferAsync())!;

        Assert.False(await first.FitsAsync(old));
        Assert.False(await first.FitsAsync(""));
        Assert.False(await first.FitsAsync(null));
        Assert.True(await first.FitsAsync(token));
        await using var db = helpdesk.Db();
        Assert.DoesNotContain(db.Settings, setting => setting.Value.Contains(token, StringComparison.Ordinal));
    }
}
