using Bunit;
using HelpdeskMail.App.Components.Pages.CommunicationLog;
using HelpdeskMail.Core.CommunicationLog;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.CommunicationLog;

public sealed class LogPagesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task The_list_shows_what_the_url_asks_for_and_the_figures_of_the_time_chosen()
    {
        await using var test = await PageTest.StartAsync();
        await AddAsync(test, "fine", CommunicationStatus.Successful, LogLevels.Info);
        await AddAsync(test, "refused", CommunicationStatus.Failed, LogLevels.Error);
        await AddAsync(test, "long ago", CommunicationStatus.Failed, LogLevels.Error, days: 20);

        test.Navigation.NavigateTo("/communications?level=warning");
        var page = test.Render<LogList>();
        page.WaitForElement("table.log", Patience);

        Assert.Contains("refused", Assert.Single(page.FindAll("tbody tr")).TextContent, StringComparison.Ordinal);
        Assert.Equal(["1", "0", "1", "0"], page.FindAll(".tile dd > a").Select(figure => figure.TextContent));
    }

    [Fact]
    public async Task An_entry_shows_this_level_and_all_higher_and_the_servers_own_words()
    {
        await using var test = await PageTest.StartAsync();
        var id = await AddAsync(test, "refused", CommunicationStatus.Failed, LogLevels.Error);

        test.Navigation.NavigateTo($"/communications/{id}?level=warning");
        var page = test.Render<LogPage>(set => set.Add(part => part.Id, id));

        Assert.Equal("a1 NO <b>go away</b>", page.WaitForElement(".entry .server-words", Patience).TextContent);
        Assert.Single(page.FindAll(".entry"));
    }

    private static async Task<long> AddAsync(PageTest test, string summary, CommunicationStatus status, LogLevels level, int days = 0)
    {
        await using var db = test.Db();
        var at = DateTime.UtcNow.AddDays(-days).AddMinutes(-1);
        var row = new Communication { Account = "support", Status = status, Level = level, Summary = summary, StartedAt = at, EndedAt = at, Duration = 1 };
        row.Entries.Add(new(at, LogLevels.Info, "connect", "Connected."));
        row.Entries.Add(new(at, level, "login", summary, "a1 NO <b>go away</b>"));
        db.Add(row);
        await db.SaveChangesAsync();
        return row.Id;
    }
}
