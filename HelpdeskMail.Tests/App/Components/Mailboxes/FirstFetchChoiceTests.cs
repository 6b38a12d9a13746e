using HelpdeskMail.App.Components.Pages.Mailboxes;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.Mailboxes;

public sealed class FirstFetchChoiceTests
{
    [Theory]
    [InlineData("unread:250")]
    [InlineData("new")]
    [InlineData("all")]
    [InlineData("since:2026-02-28")]
    public void Choice_IsWrittenAsItWasRead(string text) => Assert.Equal(text, FirstFetchChoice.Read(text).ToString());
}
