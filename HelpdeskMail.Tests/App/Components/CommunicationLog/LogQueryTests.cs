using HelpdeskMail.App.Components.Pages.CommunicationLog;
using HelpdeskMail.Core.CommunicationLog;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.CommunicationLog;

public sealed class LogQueryTests
{
    private static readonly DateTime Now = new(2025, 7, 10, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void An_empty_url_asks_for_the_last_seven_days()
    {
        var filter = Read("").ToFilter(Now, TimeZoneInfo.Utc);

        Assert.Equal(Now.AddDays(-7), filter.From);
        Assert.Null(filter.To);
        Assert.False(Read("").IsFiltered);
    }

    [Fact]
    public void Everything_chosen_reaches_the_query()
    {
        var filter = Read("q=anna&account=support&kind=message&direction=outgoing&status=failed&level=warning&range=24h&sort=duration&dir=asc&page=3").ToFilter(Now, TimeZoneInfo.Utc);

        Assert.Equal(
            new CommunicationFilter
            {
                From = Now.AddHours(-24),
                Text = "anna",
                Account = "support",
                Kind = CommunicationKind.Message,
                Direction = CommunicationDirection.Outgoing,
                Status = CommunicationStatus.Failed,
                Level = LogLevels.Warning,
                Sort = CommunicationSort.Duration,
                Ascending = true,
                Page = 3,
                PageSize = LogQuery.PageSize,
            },
            filter);
    }

    [Fact]
    public void Days_are_the_viewers_and_both_are_taken_whole()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

        var (from, to) = Read("range=dates&from=2025-07-01&to=2025-07-02").Span(Now, berlin);

        Assert.Equal(new DateTime(2025, 6, 30, 22, 0, 0, DateTimeKind.Utc), from);
        Assert.Equal(new DateTime(2025, 7, 2, 22, 0, 0, DateTimeKind.Utc), to);
    }

    [Theory]
    [InlineData("kind=nonsense&direction=7&status=-1&level=&range=yesterday&sort=9&page=0&q=+")]
    [InlineData("from=1.1.2025&to=never&page=x")]
    public void What_makes_no_sense_restricts_nothing(string url) => Assert.Equal(Read(""), Read(url));

    private static LogQuery Read(string url)
    {
        var values = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(url);
        return LogQuery.Read(name => values.TryGetValue(name, out var value) ? value.ToString() : null);
    }
}
