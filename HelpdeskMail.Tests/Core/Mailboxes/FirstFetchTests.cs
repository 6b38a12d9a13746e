using HelpdeskMail.Core.Mailboxes;
using Xunit;

namespace HelpdeskMail.Tests.Core.Mailboxes;

public sealed class FirstFetchTests
{
    [Theory]
    [InlineData("unread:100", "unread:100")]
    [InlineData(" Unread : 7 ", "unread:7")]
    [InlineData("new", "new")]
    [InlineData("ALL", "all")]
    [InlineData("since:2025-01-31", "since:2025-01-31")]
    [InlineData("since:31.01.2025", null)]
    [InlineData("unread", null)]
    [InlineData("unread:0", null)]
    [InlineData("unread:-1", null)]
    [InlineData("new:1", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void TryParse_ReadsTheFourForms(string? text, string? tidy)
    {
        Assert.Equal(tidy is not null, FirstFetch.TryParse(text, out var value));
        Assert.Equal(tidy, value?.ToString());
    }
}
