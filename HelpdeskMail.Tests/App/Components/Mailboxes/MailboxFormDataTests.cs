using HelpdeskMail.App.Components.Pages.Mailboxes;
using HelpdeskMail.Core.Mailboxes;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.Mailboxes;

public sealed class MailboxFormDataTests
{
    [Fact]
    public void NameAndUserName_FollowTheAddress_UntilTypedByHand()
    {
        var data = Data(new MailboxDraft());
        data.TakeAddress("info@example.test");
        Assert.Equal(("info@example.test", "info@example.test"), (data.Draft.Name, data.Draft.UserName));

        data.Draft.UserName = "info";
        data.TakeAddress("help@example.test");
        Assert.Equal(("help@example.test", "info"), (data.Draft.Name, data.Draft.UserName));
    }

    [Theory]
    [InlineData(993, Encryption.StartTls, 143)]
    [InlineData(143, Encryption.Tls, 993)]
    [InlineData(1993, Encryption.StartTls, 1993)]
    public void UsualPort_FollowsTheEncryption_UnusualStays(int port, Encryption encryption, int expected)
    {
        var data = Data(new MailboxDraft { Port = port });
        data.TakeEncryption(encryption);
        Assert.Equal(expected, data.Draft.Port);
    }

    [Fact]
    public void Pop3_GetsItsPort_AndNeverArchives()
    {
        var data = Data(new MailboxDraft());
        data.TakeProtocol(MailboxProtocol.Pop3);
        Assert.Equal((995, AfterFetch.MarkRead), (data.Draft.Port, data.Draft.AfterFetch));
    }

    private static MailboxFormData Data(MailboxDraft draft) => new(draft, [], [], "");
}
