using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Mail.Transport;
using HelpdeskMail.Tests.Mail.Transport;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace HelpdeskMail.Tests.Core.Mailboxes;

public sealed class ConnectionTesterTests(MailRig rig) : IClassFixture<MailRig>
{
    [RigTheory]
    [InlineData(MailboxProtocol.Imap, Encryption.Tls, "resolve connect tls greeting login folder rights")]
    [InlineData(MailboxProtocol.Imap, Encryption.StartTls, "resolve connect greeting tls login folder rights")]
    [InlineData(MailboxProtocol.Imap, Encryption.None, "resolve connect greeting login folder rights")]
    [InlineData(MailboxProtocol.Pop3, Encryption.Tls, "resolve connect tls greeting login folder rights")]
    [InlineData(MailboxProtocol.Pop3, Encryption.StartTls, "resolve connect greeting tls login folder rights")]
    public async Task Test_RightSettings_EveryStepIsGreen(MailboxProtocol protocol, Encryption encryption, string steps)
    {
        var draft = Draft(protocol, encryption);
        var done = await RunAsync(draft);

        Assert.Equal(steps, string.Join(' ', done.Select(step => step.Name)));
        Assert.All(done, step => Assert.True(step.Ok, step.Text));
        Assert.All(done, step => Assert.True(step.Milliseconds >= 0));
        Assert.NotNull(done.Single(step => step.Name == "greeting").Server);
    }

    [RigFact]
    public async Task Test_WrongPassword_StopsAtLogin_InTheServersWords()
    {
        var draft = Draft(MailboxProtocol.Imap, Encryption.Tls);
        draft.Password = "not-the-password";
        var last = (await RunAsync(draft))[^1];

        Assert.Equal(("login", false), (last.Name, last.Ok));
        Assert.Equal("[AUTHENTICATIONFAILED] Authentication failed.", last.Server);
        Assert.Contains("user name and password", last.Text);
    }

    [RigFact]
    public async Task Test_CertificateNobodyVouchesFor_StopsAtTls_WithItsFingerprint()
    {
        var draft = Draft(MailboxProtocol.Imap, Encryption.Tls);
        draft.PinnedCertificate = null;
        var last = (await RunAsync(draft))[^1];

        Assert.Equal(("tls", false), (last.Name, last.Ok));
        Assert.Equal(rig.CertificateSha256, last.CertificateSha256);
        Assert.Contains("self-signed", last.Text);
    }

    [RigFact]
    public async Task Test_FolderMissing_StopsAtFolder()
    {
        var draft = Draft(MailboxProtocol.Imap, Encryption.Tls);
        draft.Folder = "Nowhere";
        var last = (await RunAsync(draft))[^1];
        Assert.Equal(("folder", false), (last.Name, last.Ok));
        Assert.Contains("no such folder", last.Text);
    }

    [RigFact]
    public async Task Test_Steps_SayAddressesCertificateAndRights()
    {
        var draft = Draft(MailboxProtocol.Imap, Encryption.Tls);
        var done = (await RunAsync(draft)).ToDictionary(step => step.Name);

        Assert.Contains("127.0.0.1", done["resolve"].Text);
        Assert.Contains($":{draft.Port}", done["connect"].Text);
        Assert.Contains("TLS 1.", done["tls"].Text);
        Assert.Contains("mail.helpdesk.test", done["tls"].Server);
        Assert.Contains(rig.CertificateSha256, done["tls"].Server);
        Assert.Contains("Archive is missing and will be created", done["rights"].Text);
    }

    [RigFact]
    public async Task Test_FolderMissing_NamesTheFoldersThatThereAre()
    {
        var draft = Draft(MailboxProtocol.Imap, Encryption.Tls);
        draft.Folder = "Inbux";
        var last = (await RunAsync(draft))[^1];
        Assert.Contains("It has: INBOX", last.Text);
    }

    [RigFact]
    public async Task Test_Transcript_HoldsWhatWasSaid_WithoutThePassword()
    {
        var draft = Draft(MailboxProtocol.Imap, Encryption.Tls);
        var trace = new ProtocolTrace();
        await RunAsync(draft, new TestOptions { Trace = trace });

        var said = string.Join('\n', trace.Lines);
        Assert.Contains("SELECT", said);
        Assert.Contains("UID SEARCH", said);
        Assert.DoesNotContain(draft.Password!, said);
        Assert.DoesNotContain(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"\0{draft.UserName}\0{draft.Password}")), said);
    }

    [RigTheory]
    [InlineData(AfterFetch.Archive, true, "moved to Archive")]
    [InlineData(AfterFetch.Archive, false, "and deleted again")]
    [InlineData(AfterFetch.Delete, false, "and deleted again")]
    public async Task Probe_MovesAndDeletesAMailOfItsOwn_AndLeavesNothingBehind(AfterFetch after, bool archiveExists, string words)
    {
        var user = rig.NewUser();
        var draft = Draft(MailboxProtocol.Imap, Encryption.Tls, user);
        draft.AfterFetch = after;
        rig.Put(user, "Subject: theirs\r\n\r\nstays\r\n"u8.ToArray());
        if (archiveExists) rig.Put(user, "Subject: old\r\n\r\nstays, too\r\n"u8.ToArray(), "Archive");

        var done = await RunAsync(draft, new TestOptions { Probe = true });

        Assert.Equal(("probe", true), (done[^1].Name, done[^1].Ok));
        Assert.Contains(words, done[^1].Text);
        Assert.Equal("theirs", Assert.Single(rig.Mails(user)).Header("Subject"));
        if (archiveExists) Assert.Equal("old", Assert.Single(rig.Mails(user, "Archive")).Header("Subject"));
    }

    [Theory]
    [InlineData("lrswipkxtea", AfterFetch.Archive, true, "may be read and moved")]
    [InlineData("lrswicd", AfterFetch.Delete, true, "may be read and deleted")]
    [InlineData("lrs", AfterFetch.MarkRead, true, "may be read and marked as read")]
    [InlineData("lrs", AfterFetch.Archive, false, "can't be moved")]
    [InlineData("lr", AfterFetch.MarkRead, false, "can't be marked as read")]
    public async Task Test_ServerWithAccessRights_IsAskedForThem(string letters, AfterFetch after, bool ok, string words)
    {
        await using var server = new ScriptedServer(peer => peer.PlayImapAsync("* PREAUTH [CAPABILITY IMAP4rev1 ACL] hello\r\n", line => line.Split(' ')[0] switch
        {
            "SELECT" => "* 3 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\nTAG OK [READ-WRITE] done\r\n",
            "UID" => "* SEARCH 1\r\nTAG OK done\r\n",
            "LIST" => "* LIST () \"/\" Archive\r\nTAG OK done\r\n",
            "MYRIGHTS" => $"* MYRIGHTS {line.Split(' ')[1]} {letters}\r\nTAG OK done\r\n",
            _ => "TAG OK done\r\n",
        }));
        var draft = new MailboxDraft { Host = "127.0.0.1", Port = server.Endpoint().Port, Encryption = Encryption.None, UserName = "x", Password = "secret", AfterFetch = after };
        var last = (await RunAsync(draft))[^1];
        Assert.Equal(("rights", ok), (last.Name, last.Ok));
        Assert.Contains(words, last.Text);
        Assert.Contains($"MYRIGHTS INBOX {letters}", last.Server);
    }

    [RigFact]
    public async Task Test_TlsOnAPlainPort_StopsAtTls()
    {
        var draft = Draft(MailboxProtocol.Imap, Encryption.Tls);
        draft.Port = rig.Ports.Imap;
        var last = (await RunAsync(draft))[^1];
        Assert.Equal(("tls", false), (last.Name, last.Ok));
        Assert.Contains("does not answer with TLS", last.Text);
    }

    [Fact]
    public async Task Test_NothingListens_StopsAtConnect()
    {
        var draft = new MailboxDraft { Host = "127.0.0.1", Port = 9, UserName = "x", Password = "x" };
        var last = (await RunAsync(draft))[^1];
        Assert.Equal(("connect", false), (last.Name, last.Ok));
        Assert.Contains("nothing listens on port 9", last.Text);
    }

    [Fact]
    public async Task Test_UnknownHost_StopsAtResolve()
    {
        var draft = new MailboxDraft { Host = "no-such-host.invalid", Port = 993, UserName = "x", Password = "x" };
        var last = Assert.Single(await RunAsync(draft));
        Assert.Equal(("resolve", false), (last.Name, last.Ok));
        Assert.Contains("no-such-host.invalid", last.Text);
    }

    [Fact]
    public async Task Test_PortNotAllowed_ConnectsNowhere()
    {
        await using var helpdesk = await TestHelpdesk.StartAsync(more: services => services.AddSingleton(new MailOptions()));
        var draft = new MailboxDraft { Host = "127.0.0.1", Port = 22, UserName = "x", Password = "x" };
        var only = Assert.Single(await helpdesk.Get<ConnectionTester>().TestAsync(draft).ToListAsync());
        Assert.Contains("Port 22 is not among the allowed ones", only.Text);
    }

    private MailboxDraft Draft(MailboxProtocol protocol, Encryption encryption, RigUser? who = null)
    {
        var user = who ?? rig.NewUser();
        return new MailboxDraft
        {
            Protocol = protocol,
            Encryption = encryption,
            Host = MailRig.Host,
            Port = (protocol, encryption) switch
            {
                (MailboxProtocol.Imap, Encryption.Tls) => rig.Ports.Imaps,
                (MailboxProtocol.Imap, _) => rig.Ports.Imap,
                (_, Encryption.Tls) => rig.Ports.Pop3s,
                _ => rig.Ports.Pop3,
            },
            UserName = user.Address,
            Password = user.Password,
            PinnedCertificate = rig.CertificateSha256,
        };
    }

    private static async Task<List<TestStep>> RunAsync(MailboxDraft draft, TestOptions? options = null)
    {
        await using var helpdesk = await TestHelpdesk.StartAsync();
        return await helpdesk.Get<ConnectionTester>().TestAsync(draft, options).ToListAsync();
    }
}
