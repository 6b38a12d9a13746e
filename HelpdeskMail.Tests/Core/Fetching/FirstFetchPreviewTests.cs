using System.Text;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Mailboxes;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.Fetching;

public sealed class FirstFetchPreviewTests(MailRig rig) : IClassFixture<MailRig>
{
    [RigTheory]
    [InlineData(MailboxProtocol.Imap, "all", 12)]
    [InlineData(MailboxProtocol.Imap, "unread:3", 3)]
    [InlineData(MailboxProtocol.Imap, "new", 0)]
    [InlineData(MailboxProtocol.Imap, "since:2099-01-01", 0)]
    [InlineData(MailboxProtocol.Pop3, "unread:5", 5)]
    public async Task Preview_CountsAndNamesWhatTheFirstFetchThenTakes(MailboxProtocol protocol, string rule, int taken)
    {
        var user = rig.NewUser();
        for (var i = 1; i <= 12; i++) rig.Put(user, Encoding.UTF8.GetBytes($"From: =?utf-8?q?J=C3=BCrgen?= <j@customer.test>\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?= {i}\r\nMessage-ID: <{rule.Length}-{i}@customer.test>\r\n\r\nhello\r\n"));
        await using var desk = await FlowDesk.StartAsync();
        var draft = Draft(user, protocol, rule);

        var look = await desk.Get<FirstFetchPreview>().LookAsync(draft);

        Assert.Null(look.Error);
        Assert.Equal((12, taken, Math.Min(taken, 10)), (look.Preview!.Listed, look.Preview.Taken, look.Preview.Mails.Count));
        if (taken > 0) Assert.Equal(("Grüße 12", "Jürgen <j@customer.test>"), (look.Preview.Mails[0].Subject, look.Preview.Mails[0].Sender));
        if (taken > 0 && protocol == MailboxProtocol.Imap) Assert.NotNull(look.Preview.Oldest);
        Assert.DoesNotContain(rig.Mails(user), mail => mail.Seen);

        (draft.Name, draft.QueueId) = ("preview", desk.Support);
        var saved = await desk.Get<MailboxEditor>().SaveAsync(draft);
        Assert.True(saved.Ok, string.Join(' ', saved.Errors.SelectMany(pair => pair.Value)));
        Assert.Equal(taken, (await desk.Get<Fetcher>().FetchAsync(saved.Value))!.Decided);
    }

    [RigFact]
    public async Task WrongPassword_IsSaidWithItsMend()
    {
        await using var desk = await FlowDesk.StartAsync();
        var draft = Draft(rig.NewUser(), MailboxProtocol.Imap, "all");
        draft.Password = "wrong";
        var look = await desk.Get<FirstFetchPreview>().LookAsync(draft);
        Assert.Equal(MailboxErrorKind.AuthenticationFailed, look.Error!.Kind);
        Assert.NotEmpty(look.Error.Advice);
    }

    [RigFact]
    public async Task Folders_AreListedWithCountsAndSpecialUse_AndAnotherFolderTakesTheSecretOver()
    {
        var user = rig.NewUser();
        rig.Put(user, "Subject: one\r\n\r\nx\r\n"u8.ToArray());
        rig.Put(user, "Subject: two\r\n\r\nx\r\n"u8.ToArray(), "Bills");
        await using var desk = await FlowDesk.StartAsync();
        var draft = Draft(user, MailboxProtocol.Imap, "all");
        var list = await desk.Get<MailboxFolders>().ListAsync(draft);
        Assert.Null(list.Error);
        Assert.Equal("INBOX", list.Folders[0].Name);
        Assert.Equal((1L, 1L), (list.Folders[0].Messages, list.Folders[0].Unseen));
        Assert.Contains(list.Folders, folder => folder is { Name: "Bills", Messages: 1 });

        (draft.Name, draft.QueueId) = ("inbox", desk.Support);
        var inbox = await desk.Get<MailboxEditor>().SaveAsync(draft);
        var another = (await desk.Get<MailboxDirectory>().AnotherFolderAsync(inbox.Value))!;
        Assert.Null(another.Password);
        (another.Name, another.Folder, another.FirstFetch) = ("bills", "Bills", "all");
        var bills = await desk.Get<MailboxEditor>().SaveAsync(another);
        Assert.True(bills.Ok);
        Assert.Equal(1, (await desk.Get<Fetcher>().FetchAsync(bills.Value))!.Decided);

        var elsewhere = (await desk.Get<MailboxDirectory>().AnotherFolderAsync(inbox.Value))!;
        (elsewhere.Name, elsewhere.Folder, elsewhere.Host) = ("stolen", "X", "evil.example");
        Assert.Contains("Enter the password", (await desk.Get<MailboxEditor>().SaveAsync(elsewhere)).Errors["password"][0]);
        await using var db = desk.Db();
        Assert.Equal(0, await db.Mailboxes.CountAsync(mailbox => mailbox.Host == "evil.example"));
    }

    private MailboxDraft Draft(RigUser user, MailboxProtocol protocol, string rule) => new()
    {
        Protocol = protocol,
        Address = user.Address,
        Host = MailRig.Host,
        Port = protocol == MailboxProtocol.Imap ? rig.Ports.Imaps : rig.Ports.Pop3s,
        Encryption = Encryption.Tls,
        UserName = user.Address,
        Password = user.Password,
        PinnedCertificate = rig.CertificateSha256,
        FirstFetch = rule,
        AfterFetch = AfterFetch.MarkRead,
    };
}
