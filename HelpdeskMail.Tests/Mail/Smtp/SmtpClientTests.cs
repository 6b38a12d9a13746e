using System.Text;
using HelpdeskMail.Mail.Smtp;
using HelpdeskMail.Mail.Transport;
using HelpdeskMail.Mail.Transport.Sasl;
using HelpdeskMail.Tests.Mail.Transport;
using Xunit;

namespace HelpdeskMail.Tests.Mail.Smtp;

/// <summary>Against real Postfix.</summary>
public sealed class SmtpClientTests(MailRig rig) : IClassFixture<MailRig>
{
    [RigTheory]
    [InlineData(ConnectionSecurity.StartTls)]
    [InlineData(ConnectionSecurity.Tls)]
    public async Task Send_EveryEncryptedMode_ArrivesByteForByte(ConnectionSecurity security)
    {
        var to = rig.NewUser();
        await using var client = await ConnectedAsync(rig.NewUser(), security);
        const string body = ".\r\n..\r\n.dot\r\nÄ 日本\r\n\r\nend without newline";
        var result = await client.SendAsync(new SmtpEnvelope("sender@helpdesk.test", [to.Address]), Encoding.UTF8.GetBytes("Subject: dots\r\n\r\n" + body));

        Assert.True(result.AllAccepted);
        Assert.Equal(250, result.Recipients[0].Answer!.Code);
        Assert.Equal("2.0.0", result.Recipients[0].Answer!.EnhancedStatus);
        var mail = await rig.WaitForMailAsync(to, mail => mail.Header("Subject") == "dots");
        Assert.EndsWith("\r\n\r\n" + body + "\r\n", Encoding.UTF8.GetString(mail.Raw).ReplaceLineEndings("\r\n"));
        await client.QuitAsync();
    }

    [RigFact]
    public async Task Send_WithoutEncryptionWhereServerAllowsIt_Works()
    {
        var to = rig.NewUser();
        await using var client = await SmtpClient.ConnectAsync(new MailEndpoint(MailRig.Host, rig.Ports.Smtp, ConnectionSecurity.None));
        Assert.True((await client.SendAsync(new SmtpEnvelope("", [to.Address]), "Subject: plain\r\n\r\nx\r\n"u8.ToArray())).AllAccepted);
        Assert.Equal("<>", (await rig.WaitForMailAsync(to, mail => mail.Header("Subject") == "plain")).Header("Return-Path"));
    }

    [RigTheory]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    public async Task Authenticate_EveryPasswordMechanism_IsAccepted(string mechanism)
    {
        await using var client = await SmtpClient.ConnectAsync(rig.Submission(ConnectionSecurity.Tls));
        await client.AuthenticateAsync(mechanism, rig.NewUser().Credentials());
        Assert.True(client.IsAuthenticated);
    }

    [RigTheory]
    [InlineData("XOAUTH2")]
    [InlineData("OAUTHBEARER")]
    public async Task Authenticate_AccessToken_GoodIsAccepted_BadIsRefused(string mechanism)
    {
        var user = rig.NewUser();
        var token = Guid.NewGuid().ToString("N");
        rig.AcceptToken(token, user);
        await using var client = await SmtpClient.ConnectAsync(rig.Submission(ConnectionSecurity.StartTls));
        var refused = await Assert.ThrowsAsync<MailRefusedException>(() => client.AuthenticateAsync(mechanism, new MailCredentials.AccessToken(user.Address, "expired-token")));
        Assert.Equal(RefusalKind.AuthenticationFailed, refused.Refusal.Kind);
        await client.AuthenticateAsync(mechanism, new MailCredentials.AccessToken(user.Address, token));
        Assert.True(client.IsAuthenticated);
    }

    [RigFact]
    public async Task Login_WrongPassword_IsARefusalInTheServersWords()
    {
        await using var client = await SmtpClient.ConnectAsync(rig.Submission(ConnectionSecurity.StartTls));
        var refused = await Assert.ThrowsAsync<MailRefusedException>(() => client.LoginAsync(new MailCredentials.Password(MailRig.Support.Address, "not-the-password")));

        Assert.Equal(RefusalKind.AuthenticationFailed, refused.Refusal.Kind);
        Assert.Equal("535", refused.Refusal.Code);
        Assert.Equal("5.7.8", refused.Refusal.EnhancedStatus);
        Assert.Contains("authentication failed", refused.Refusal.Text);
    }

    [RigFact]
    public async Task Send_SomeRecipientsRefused_TheOthersGetIt()
    {
        var to = rig.NewUser();
        await using var client = await SmtpClient.ConnectAsync(rig.Submission(ConnectionSecurity.StartTls));
        await client.LoginAsync(rig.NewUser().Credentials());
        var result = await client.SendAsync(
            new SmtpEnvelope("sender@helpdesk.test", ["bad..double@-x-.test>", to.Address, "no domain"]), "Subject: some\r\n\r\nx\r\n"u8.ToArray());

        Assert.Equal([RecipientState.Failed, RecipientState.Accepted, RecipientState.Failed], result.Recipients.Select(recipient => recipient.State));
        await rig.WaitForMailAsync(to, mail => mail.Header("Subject") == "some");
    }

    [RigFact]
    public async Task Send_NotLoggedIn_EveryRecipientFailsWithTheServersWords_AndTheConnectionGoesOn()
    {
        await using var client = await SmtpClient.ConnectAsync(rig.Submission(ConnectionSecurity.StartTls));
        var result = await client.SendAsync(new SmtpEnvelope("a@helpdesk.test", ["b@customer.test", "c@customer.test"]), "Subject: x\r\n\r\nx\r\n"u8.ToArray());

        Assert.All(result.Recipients, recipient => Assert.Equal(RecipientState.Failed, recipient.State));
        Assert.Contains("Access denied", result.Recipients[0].Text);
        Assert.Equal("RCPT TO", result.Recipients[0].Refusal!.Command);
        Assert.Null(result.Fault);
        Assert.True(await client.NoopAsync());
    }

    [RigFact]
    public async Task Send_MessageOverTheServersSize_FailsWithoutBeingSent()
    {
        await using var client = await ConnectedAsync(rig.NewUser(), ConnectionSecurity.Tls);
        var result = await client.SendAsync(new SmtpEnvelope("a@helpdesk.test", ["b@customer.test"]), new byte[client.Capabilities.MaxSize!.Value + 1]);
        Assert.Equal(RecipientState.Failed, Assert.Single(result.Recipients).State);
    }

    [RigFact]
    public async Task Send_ManyRecipientsAndSeveralMessages_OverOneConnection()
    {
        var users = Enumerable.Range(0, 12).Select(_ => rig.NewUser()).ToList();
        await using var client = await ConnectedAsync(rig.NewUser(), ConnectionSecurity.Tls);
        for (var i = 0; i < 3; i++)
        {
            var message = Encoding.ASCII.GetBytes($"Subject: many {i}\r\n\r\n{new string('x', 900)}\r\n");
            Assert.True((await client.SendAsync(new SmtpEnvelope("a@helpdesk.test", [.. users.Select(user => user.Address)]), message)).AllAccepted);
        }

        foreach (var user in users)
            await rig.WaitForMailAsync(user, mail => mail.Header("Subject") == "many 2");
    }

    [RigFact]
    public async Task Send_ToAGhost_BouncesIntoTheSendersMailbox()
    {
        var sender = rig.NewUser();
        await using var client = await ConnectedAsync(sender, ConnectionSecurity.Tls);
        await client.SendAsync(new SmtpEnvelope(sender.Address, ["ghost@customer.test"]) { DsnNotify = "FAILURE", DsnEnvelopeId = "out+1=x" }, "Subject: lost\r\n\r\nx\r\n"u8.ToArray());
        var bounce = await rig.WaitForMailAsync(sender, mail => mail.Text.Contains("Subject: lost", StringComparison.Ordinal));
        Assert.Contains("Original-Envelope-Id: out+1=x", bounce.Text);
    }

    private async Task<SmtpClient> ConnectedAsync(RigUser user, ConnectionSecurity security)
    {
        var client = await SmtpClient.ConnectAsync(rig.Submission(security));
        await client.LoginAsync(user.Credentials());
        return client;
    }
}
