using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using Xunit;

namespace HelpdeskMail.Tests;

public sealed class MailRigTests(MailRig rig) : IClassFixture<MailRig>
{
    [RigFact]
    public async Task Lmtp_MailForFreshUser_LiesInItsInbox()
    {
        var user = rig.NewUser();
        await rig.DeliverLmtpAsync(user, "Subject: hello\n\n.dot first\n");

        var mail = Assert.Single(rig.Mails(user));
        Assert.Equal("hello", mail.Header("Subject"));
        Assert.EndsWith("\n.dot first\r\n", mail.Text.ReplaceLineEndings("\r\n"));
    }

    [RigFact]
    public async Task Outside_UnknownRecipient_BouncesToSender()
    {
        var sender = rig.NewUser();
        await rig.SendFromOutsideAsync(sender.Address, "ghost@customer.test", "Subject: anyone there\n\nhello\n");

        var bounce = await rig.WaitForMailAsync(sender, mail => mail.Text.Contains("anyone there", StringComparison.Ordinal));
        Assert.Equal("<>", bounce.Header("Return-Path"));
        Assert.StartsWith("multipart/report", bounce.Header("Content-Type"));
    }

    [RigFact]
    public async Task Imaps_CertificateHasThePublishedHash()
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", rig.Ports.Imaps);
        string? hash = null;
        await using var tls = new SslStream(client.GetStream(), false, (_, certificate, _, _) =>
        {
            hash = certificate!.GetCertHashString(HashAlgorithmName.SHA256);
            return string.Equals(hash, rig.CertificateSha256, StringComparison.OrdinalIgnoreCase);
        });
        await tls.AuthenticateAsClientAsync(MailRig.Host);

        Assert.Equal(rig.CertificateSha256, hash, ignoreCase: true);
    }

    [RigFact]
    public async Task AddUser_CanReceive_AndBeEmptied()
    {
        var user = await rig.AddUserAsync($"named-{Guid.NewGuid():N}@helpdesk.test");
        await rig.DeliverLmtpAsync(user, "Subject: one\n\n1\n");
        rig.Put(user, "Subject: two\r\n\r\n2\r\n"u8.ToArray());
        Assert.Equal(2, rig.Mails(user).Count);

        await rig.EmptyAsync(user);

        Assert.Empty(rig.Mails(user));
    }
}
