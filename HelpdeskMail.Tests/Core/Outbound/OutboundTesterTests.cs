using HelpdeskMail.Core.Keys;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Outbound;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.Outbound;

public sealed class OutboundTesterTests(MailRig rig) : IClassFixture<MailRig>
{
    [RigTheory]
    [InlineData(Encryption.Tls, "resolve connect tls greeting login send")]
    [InlineData(Encryption.StartTls, "resolve connect greeting tls login send")]
    public async Task Test_RightSettings_TheTestMailArrivesInTheAccountItself(Encryption encryption, string steps)
    {
        var user = rig.NewUser();
        var done = await RunAsync(Draft(user, encryption));

        Assert.Equal(steps, string.Join(' ', done.Select(step => step.Name)));
        Assert.All(done, step => Assert.True(step.Ok, step.Text));
        Assert.StartsWith("250 2.0.0", done[^1].Server);
        var mail = await rig.WaitForMailAsync(user, mail => mail.Header("Subject") == "Test mail");
        Assert.Equal("auto-generated", mail.Header("Auto-Submitted"));
    }

    [RigFact]
    public async Task Test_WrongPassword_StopsAtLogin_InTheServersWords()
    {
        var draft = Draft(rig.NewUser(), Encryption.Tls);
        draft.Password = "not-the-password";
        var last = (await RunAsync(draft))[^1];
        Assert.Equal(("login", false), (last.Name, last.Ok));
        Assert.Contains("535", last.Server);
    }

    [RigFact]
    public async Task Test_ServerWantsALogin_SendFails_InTheServersWords()
    {
        var draft = Draft(rig.NewUser(), Encryption.Tls);
        draft.Authenticate = false;
        var last = (await RunAsync(draft))[^1];
        Assert.Equal(("send", false), (last.Name, last.Ok));
        Assert.Contains("Access denied", last.Server);
    }

    [RigTheory]
    [InlineData(MailboxProtocol.Imap)]
    [InlineData(MailboxProtocol.Pop3)]
    public async Task Test_AMailboxOfOursReadsTheAddress_TheTestMailIsSeenToComeBack(MailboxProtocol protocol)
    {
        var user = rig.NewUser();
        await using var desk = await FlowDesk.StartAsync();
        await desk.SetUpAsync(async db =>
        {
            var mailbox = await db.Mailboxes.SingleAsync(row => row.Id == desk.SupportMailbox);
            (mailbox.Protocol, mailbox.Host, mailbox.Port, mailbox.PinnedCertificate) = (protocol, MailRig.Host, protocol == MailboxProtocol.Imap ? rig.Ports.Imaps : rig.Ports.Pop3s, rig.CertificateSha256);
            (mailbox.UserName, mailbox.Address, mailbox.ProtectedPassword) = (user.Address, user.Address, desk.Get<SecretProtector>().Protect(user.Password));
        });
        var last = (await desk.Get<OutboundTester>().TestAsync(Draft(user, Encryption.Tls)).ToListAsync())[^1];
        Assert.Equal(("roundtrip", true, false), (last.Name, last.Ok, last.Warning));
        Assert.Contains("came back", last.Text);
    }

    private OutboundAccountDraft Draft(RigUser user, Encryption encryption) => new()
    {
        Address = user.Address,
        DisplayName = "Jürgen, Support",
        Host = MailRig.Host,
        Port = encryption == Encryption.Tls ? rig.Ports.Submissions : rig.Ports.Submission,
        Encryption = encryption,
        UserName = user.Address,
        Password = user.Password,
        PinnedCertificate = rig.CertificateSha256,
    };

    private static async Task<List<TestStep>> RunAsync(OutboundAccountDraft draft)
    {
        await using var helpdesk = await TestHelpdesk.StartAsync();
        return await helpdesk.Get<OutboundTester>().TestAsync(draft).ToListAsync();
    }
}
