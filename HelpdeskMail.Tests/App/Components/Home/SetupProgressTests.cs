using HelpdeskMail.App.Components.Pages.Home;
using HelpdeskMail.Core.Mailboxes;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.Home;

public sealed class SetupProgressTests
{
    [Fact]
    public void FirstStepNotDone_IsTheNext()
    {
        var setup = SetupProgress.Of(queue: true, outbound: false, [Row(1, fetched: false)], tested: false, ticket: false);
        Assert.Equal([SetupItemState.Done, SetupItemState.Next, SetupItemState.Done, SetupItemState.Open, SetupItemState.Open, SetupItemState.Open], setup.Steps);
        Assert.False(setup.Complete);
    }

    [Fact]
    public void Fetch_ProvesTheConnectionToo()
    {
        var setup = SetupProgress.Of(queue: true, outbound: true, [Row(1, fetched: true)], tested: false, ticket: true);
        Assert.True(setup.Complete);
    }

    [Fact]
    public void MailboxToTry_IsTheOneThatNeverWorked() =>
        Assert.Equal(2, SetupProgress.Of(queue: true, outbound: true, [Row(1, fetched: true), Row(2, fetched: false)], tested: false, ticket: false).Mailbox!.Id);

    private static MailboxRow Row(long id, bool fetched) => new(
        id, $"box {id}", "a@example.test", MailboxProtocol.Imap, "imap.example.test", 993, Encryption.Tls, "Support", "#1e88e5", null, Validity.Valid, 10,
        new MailboxStatus { LastSuccessAt = fetched ? new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc) : null });
}
