using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Tests.Mail.Transport;
using Xunit;

namespace HelpdeskMail.Tests.Core.Mailboxes;

public sealed class MailboxFoldersTests
{
    [Theory]
    [InlineData("IMAP4rev1 SPECIAL-USE")]
    [InlineData("IMAP4rev1 SPECIAL-USE LIST-EXTENDED LIST-STATUS")]
    public async Task Folders_ComeWithUseAndCounts_WhetherTheServerTellsThemInOneGoOrNot(string capabilities)
    {
        await using var server = new ScriptedServer(peer => peer.PlayImapAsync($"* PREAUTH [CAPABILITY {capabilities}] hello\r\n", line => line.Split(' ')[0] switch
        {
            "LIST" => "* LIST (\\Noselect \\HasChildren) \"/\" \"[Mail]\"\r\n* LIST (\\Sent) \"/\" \"[Mail]/Sent\"\r\n* LIST () \"/\" \"Locked\"\r\n* LIST () \"/\" inbox\r\n"
                + (line.Contains("STATUS", StringComparison.Ordinal) ? "* STATUS INBOX (MESSAGES 1204 UNSEEN 37)\r\n* STATUS \"[Mail]/Sent\" (MESSAGES 5 UNSEEN 0)\r\n" : "") + "TAG OK done\r\n",
            "STATUS" when line.Contains("Locked", StringComparison.Ordinal) => "TAG NO [NOPERM] not yours\r\n",
            "STATUS" => $"* STATUS {line.Split(' ')[1]} (UNSEEN {(line.Contains("INBOX", StringComparison.Ordinal) ? "37 MESSAGES 1204" : "0 MESSAGES 5")})\r\nTAG OK done\r\n",
            _ => "TAG OK done\r\n",
        }));
        await using var helpdesk = await TestHelpdesk.StartAsync();
        var draft = new MailboxDraft { Host = "127.0.0.1", Port = server.Endpoint().Port, Encryption = Encryption.None, UserName = "x", Password = "secret" };
        var list = await helpdesk.Get<MailboxFolders>().ListAsync(draft);

        Assert.Null(list.Error);
        Assert.Equal(
            [new("INBOX", null, CanBeSelected: true, 1204, 37), new("[Mail]", null, CanBeSelected: false, null, null), new("[Mail]/Sent", "Sent", CanBeSelected: true, 5, 0), new FolderChoice("Locked", null, CanBeSelected: true, null, null)],
            list.Folders);
    }

    [Fact]
    public async Task WithoutPassword_NobodyIsAsked()
    {
        await using var helpdesk = await TestHelpdesk.StartAsync();
        var list = await helpdesk.Get<MailboxFolders>().ListAsync(new MailboxDraft { Host = "127.0.0.1", Port = 993, UserName = "x" });
        Assert.Contains("Enter the password", list.Error!.Text);
    }
}
