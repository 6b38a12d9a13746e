using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Settings;
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
    public async Task Test_TlsOnAPlainPort_StopsAtTls()
    {
        var draft = Draft(MailboxProtocol.Imap, Encryption.Tls);
        draft.Port = rig.Ports.Imap;
        var last = (await RunAsync(draft))[^1];
        Assert.Equal(("tls", false), (last.Name, last.Ok));
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

    private MailboxDraft Draft(MailboxProtocol protocol, Encryption encryption)
    {
        var user = rig.NewUser();
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

    private static async Task<List<TestStep>> RunAsync(MailboxDraft draft)
    {
        await using var helpdesk = await TestHelpdesk.StartAsync();
        return await helpdesk.Get<ConnectionTester>().TestAsync(draft).ToListAsync();
    }
}
