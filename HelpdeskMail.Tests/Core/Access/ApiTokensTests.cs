using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using Xunit;

namespace HelpdeskMail.Tests.Core.Access;

public sealed class ApiTokensTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Find_KnowsATokenUntilItIsRevoked_AndNotesItsUseOnceAMinute(DatabaseProvider provider)
    {
        await using var helpdesk = await TestHelpdesk.StartAsync(provider);
        var tokens = helpdesk.Get<ApiTokens>();
        var token = SampleSetup.Saved(await tokens.CreateAsync(" report ", Roles.Agent));
        Assert.Matches("^hdm_[A-Za-z0-9_-]{43}$", token);

        Assert.Equal(("report", Roles.Agent), ((await tokens.FindAsync(token))!.Name, (await tokens.FindAsync(token))!.Role));
        Assert.Null(await tokens.FindAsync(token + "x"));
        var row = Assert.Single(await tokens.ListAsync());
        var used = row.LastUsedAt!.Value;
        helpdesk.Clock.Advance(TimeSpan.FromSeconds(30));
        await tokens.FindAsync(token);
        Assert.Equal(used, (await tokens.ListAsync())[0].LastUsedAt);
        helpdesk.Clock.Advance(TimeSpan.FromSeconds(40));
        await tokens.FindAsync(token);
        Assert.True((await tokens.ListAsync())[0].LastUsedAt > used);

        Assert.True((await tokens.RevokeAsync(row.Id)).Ok);
        Assert.Null(await tokens.FindAsync(token));
        Assert.NotNull((await tokens.ListAsync())[0].RevokedAt);
        Assert.DoesNotContain(token, row.Hash, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_NoNameOrUnknownRole_IsAFault()
    {
        await using var helpdesk = await TestHelpdesk.StartAsync();

        Assert.Equal(["name", "role"], (await helpdesk.Get<ApiTokens>().CreateAsync(" ", "King")).Errors.Keys.Order());
    }
}
