using HelpdeskMail.Core.Access;
using HelpdeskMail.Core.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace HelpdeskMail.Tests.Core.Access;

public sealed class UserAdministrationTests
{
    private const string Password = "correct horse battery";

    [Theory, OnSqlite, OnPostgres]
    public async Task Save_WithoutPassword_MakesOneUp_ThatLogsIn(DatabaseProvider provider)
    {
        await using var helpdesk = await StartAsync(provider);

        var saved = SampleSetup.Saved(await helpdesk.Get<UserAdministration>().SaveAsync(new() { Email = " bob@helpdesk.test " }));

        Assert.Equal(20, saved.GeneratedPassword!.Length);
        Assert.True(await LogsInAsync(helpdesk, saved.Id, saved.GeneratedPassword));
        var row = (await helpdesk.Get<UserAdministration>().GetAsync(saved.Id))!;
        Assert.Equal(("bob", "bob@helpdesk.test", Roles.Agent), (row.DisplayName, row.Email, row.Role));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Save_EverythingWrong_NamesEveryFieldAndSavesNothing(DatabaseProvider provider)
    {
        await using var helpdesk = await StartAsync(provider);
        var users = helpdesk.Get<UserAdministration>();

        Assert.Equal(["email", "role"], (await users.SaveAsync(new() { Email = "bob", Role = "King" })).Errors.Keys.Order());
        Assert.Equal(["password"], (await users.SaveAsync(new() { Email = "bob@helpdesk.test", Password = "x" })).Errors.Keys);
        Assert.Single((await users.SaveAsync(new() { Email = "ANN@helpdesk.test", Password = Password })).Errors["email"]);
        Assert.Single(await users.ListAsync());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Save_OtherRole_EndsTheSessions_ButNotOfTheLastAdministrator(DatabaseProvider provider)
    {
        await using var helpdesk = await StartAsync(provider);
        var users = helpdesk.Get<UserAdministration>();
        var ann = Assert.Single(await users.ListAsync());
        var draft = new UserDraft { Id = ann.Id, Email = ann.Email, DisplayName = "Änne", Role = Roles.Agent };
        var stamp = await StampAsync(helpdesk, ann.Id);

        Assert.Equal("", Assert.Single((await users.SaveAsync(draft)).Errors.Keys));
        Assert.Equal("", Assert.Single((await users.SetActiveAsync(ann.Id, false)).Errors.Keys));
        Assert.Equal(stamp, await StampAsync(helpdesk, ann.Id));
        SampleSetup.Saved(await users.SaveAsync(new() { Email = "bob@helpdesk.test", Role = Roles.Administrator, Password = Password }));
        Assert.True((await users.SaveAsync(draft)).Ok);

        Assert.NotEqual(stamp, await StampAsync(helpdesk, ann.Id));
        var found = Assert.Single(await users.ListAsync("ÄNN"));
        Assert.Equal(Roles.Agent, found.Role);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task TwoAdministratorsWhoRemoveEachOtherAtOnce_OneIsRefused(DatabaseProvider provider)
    {
        await using var helpdesk = await StartAsync(provider);
        var users = helpdesk.Get<UserAdministration>();
        var ann = Assert.Single(await users.ListAsync()).Id;
        var bob = SampleSetup.Saved(await users.SaveAsync(new() { Email = "bob@helpdesk.test", Role = Roles.Administrator, Password = Password })).Id;

        for (var round = 0; round < 5; round++)
        {
            var results = await Task.WhenAll(Task.Run(() => users.SetActiveAsync(ann, false)), Task.Run(() => users.SaveAsync(new() { Id = bob, Email = "bob@helpdesk.test", Role = Roles.Agent })));

            Assert.Single(results, result => result.Ok);
            Assert.Single(results, result => result.Errors.ContainsKey(""));
            Assert.Single(await users.ListAsync(), row => row is { Active: true, Role: Roles.Administrator });
            Assert.True((await users.SetActiveAsync(ann, true)).Ok);
            Assert.True((await users.SaveAsync(new() { Id = bob, Email = "bob@helpdesk.test", Role = Roles.Administrator })).Ok);
        }
    }

    [Fact]
    public async Task Save_AgentBeforeThereIsAnAdministrator_IsFine()
    {
        await using var helpdesk = await TestHelpdesk.StartAsync();

        Assert.True((await helpdesk.Get<UserAdministration>().SaveAsync(new() { Email = "bob@helpdesk.test", Password = Password })).Ok);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task SetActive_False_KeepsTheUserOutUntilItIsTrueAgain(DatabaseProvider provider)
    {
        await using var helpdesk = await StartAsync(provider);
        var users = helpdesk.Get<UserAdministration>();
        var bob = SampleSetup.Saved(await users.SaveAsync(new() { Email = "bob@helpdesk.test", Password = Password })).Id;

        Assert.True((await users.SetActiveAsync(bob, false)).Ok);
        Assert.False((await users.GetAsync(bob))!.Active);
        Assert.False(await LogsInAsync(helpdesk, bob, Password));

        Assert.True((await users.SetActiveAsync(bob, true)).Ok);
        Assert.True((await users.GetAsync(bob))!.Active);
        Assert.True(await LogsInAsync(helpdesk, bob, Password));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task ResetPassword_OldOneNoLongerWorks(DatabaseProvider provider)
    {
        await using var helpdesk = await StartAsync(provider);
        var users = helpdesk.Get<UserAdministration>();
        var bob = SampleSetup.Saved(await users.SaveAsync(new() { Email = "bob@helpdesk.test", Password = Password })).Id;

        Assert.Equal(["password"], (await users.ResetPasswordAsync(bob, "x")).Errors.Keys);
        var made = SampleSetup.Saved(await users.ResetPasswordAsync(bob)).GeneratedPassword!;

        Assert.False(await LogsInAsync(helpdesk, bob, Password));
        Assert.True(await LogsInAsync(helpdesk, bob, made));
        Assert.Equal(["id"], (await users.ResetPasswordAsync("nobody")).Errors.Keys);
    }

    private static async Task<TestHelpdesk> StartAsync(DatabaseProvider provider)
    {
        var helpdesk = await TestHelpdesk.StartAsync(provider);
        SampleSetup.Saved(await helpdesk.Get<UserAdministration>().SaveAsync(new() { Email = "ann@helpdesk.test", DisplayName = "Ann", Role = Roles.Administrator, Password = Password }));
        return helpdesk;
    }

    private static async Task<bool> LogsInAsync(TestHelpdesk helpdesk, string id, string password)
    {
        await using var scope = helpdesk.Get<IServiceScopeFactory>().CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<HelpdeskUser>>();
        var user = (await users.FindByIdAsync(id))!;
        return !await users.IsLockedOutAsync(user) && await users.CheckPasswordAsync(user, password);
    }

    private static async Task<string> StampAsync(TestHelpdesk helpdesk, string id)
    {
        await using var scope = helpdesk.Get<IServiceScopeFactory>().CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<HelpdeskUser>>();
        return await users.GetSecurityStampAsync((await users.FindByIdAsync(id))!);
    }
}
