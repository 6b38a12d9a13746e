using System.Text;
using HelpdeskMail.Mail.Pop3;
using HelpdeskMail.Mail.Transport;
using HelpdeskMail.Mail.Transport.Sasl;
using HelpdeskMail.Tests.Mail.Transport;
using Xunit;

namespace HelpdeskMail.Tests.Mail.Pop3;

/// <summary>Against real Dovecot.</summary>
public sealed class Pop3ClientTests(MailRig rig) : IClassFixture<MailRig>
{
    [RigTheory]
    [InlineData(ConnectionSecurity.None)]
    [InlineData(ConnectionSecurity.StartTls)]
    [InlineData(ConnectionSecurity.Tls)]
    public async Task Retrieve_EveryConnectionMode_BringsEveryByte(ConnectionSecurity security)
    {
        var user = rig.NewUser();
        var mails = Enumerable.Range(0, 40).Select(i => Encoding.UTF8.GetBytes(
            $"Subject: {i}\r\n\r\n.\r\n..\r\n.dot\r\n{new string('ä', i * 211)}\r\n")).ToList();
        foreach (var mail in mails)
            rig.Put(user, mail);
        await using var client = await LoggedInAsync(user, security);
        var list = await client.ListAsync();
        Assert.Equal(40, list.Select(message => message.UniqueId).Distinct().Count());

        var bodies = new List<byte[]>();
        await foreach (var download in client.RetrieveAsync(list))
            bodies.Add(download.Body!);

        Assert.Equal(mails.Select(Convert.ToHexString).Order(StringComparer.Ordinal).ToArray(), bodies.Select(Convert.ToHexString).Order(StringComparer.Ordinal).ToArray());
        await client.QuitAsync();
    }

    [RigFact]
    public async Task UniqueIds_StayTheSame_FromSessionToSession()
    {
        var user = rig.NewUser();
        rig.Put(user, "Subject: a\r\n\r\nx\r\n"u8.ToArray());
        string? first;
        await using (var client = await LoggedInAsync(user))
            first = (await client.ListAsync())[0].UniqueId;
        await using var again = await LoggedInAsync(user);
        Assert.Equal(first, (await again.ListAsync())[0].UniqueId);
    }

    [RigFact]
    public async Task Delete_CountsOnlyAfterQuit()
    {
        var user = rig.NewUser();
        rig.Put(user, "Subject: a\r\n\r\nx\r\n"u8.ToArray());
        rig.Put(user, "Subject: b\r\n\r\nx\r\n"u8.ToArray());
        await using (var client = await LoggedInAsync(user))
            await client.DeleteAsync([1]);
        await using (var client = await LoggedInAsync(user))
        {
            Assert.Equal(2, (await client.ListAsync()).Count);
            await client.DeleteAsync([1]);
            await client.QuitAsync();
        }

        await using var last = await LoggedInAsync(user);
        Assert.Single(await last.ListAsync());
    }

    [RigFact]
    public async Task Retrieve_TooLarge_Missing_AndLeftEarly_LeaveTheConnectionUsable()
    {
        var user = rig.NewUser();
        for (var i = 0; i < 20; i++)
            rig.Put(user, Encoding.ASCII.GetBytes($"Subject: {i}\r\n\r\n{new string('x', i == 3 ? 9000 : 100)}\r\n"));
        await using var client = await LoggedInAsync(user);
        var list = await client.ListAsync();
        var large = Assert.Single(list, message => message.Size > 5000);

        var first = new List<Pop3Download>();
        await foreach (var download in client.RetrieveAsync([new Pop3Message(99, null, 10), .. list], maxBytes: 5000))
        {
            first.Add(download);
            if (first.Count == 4)
                break;
        }

        Assert.Equal(large.Number, first[0].Number);
        Assert.Null(first[0].Body);
        Assert.Null(first[0].Refusal);
        Assert.Equal("RETR", first[1].Refusal!.Command);
        Assert.NotNull(first[2].Body);
        await client.NoopAsync();
        Assert.StartsWith("Subject: ", Encoding.ASCII.GetString(await client.TopAsync(1, 0)));
    }

    [RigFact]
    public async Task Login_WrongPassword_IsARefusalInTheServersWords()
    {
        await using var client = await Pop3Client.ConnectAsync(rig.Pop3(ConnectionSecurity.Tls));
        var refused = await Assert.ThrowsAsync<MailRefusedException>(() => client.LoginAsync(new MailCredentials.Password(MailRig.Support.Address, "not-the-password")));
        Assert.Equal(RefusalKind.AuthenticationFailed, refused.Refusal.Kind);
        Assert.Equal("AUTH", refused.Refusal.Code);
        Assert.Equal("Authentication failed.", refused.Refusal.Text);
    }

    [RigFact]
    public async Task UserPass_IsAccepted()
    {
        var user = rig.NewUser();
        await using var client = await Pop3Client.ConnectAsync(rig.Pop3(ConnectionSecurity.Tls));
        await client.UserPassAsync(new MailCredentials.Password(user.Address, user.Password));
        Assert.Empty(await client.ListAsync());
    }

    [RigTheory]
    [MemberData(nameof(EveryMechanism))]
    public async Task Authenticate_EveryMechanismInEveryConnectionMode_OpensTheMailbox(string mechanism, ConnectionSecurity security)
    {
        var user = rig.NewUser();
        rig.Put(user, "Subject: a\r\n\r\nx\r\n"u8.ToArray());
        await using var client = await Pop3Client.ConnectAsync(rig.Pop3(security));
        Assert.Contains(mechanism, client.Capabilities.Mechanisms);
        await client.AuthenticateAsync(mechanism, Credentials(mechanism, user, accepted: true));
        Assert.Equal(security != ConnectionSecurity.None, client.IsEncrypted);
        Assert.Single(await client.ListAsync());
    }

    [RigTheory]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    [InlineData("XOAUTH2")]
    [InlineData("OAUTHBEARER")]
    public async Task Authenticate_WrongSecret_IsARefusal_AndTheConnectionGoesOn(string mechanism)
    {
        var user = rig.NewUser();
        await using var client = await Pop3Client.ConnectAsync(rig.Pop3(ConnectionSecurity.Tls));
        var refused = await Assert.ThrowsAsync<MailRefusedException>(() => client.AuthenticateAsync(mechanism, Credentials(mechanism, user, accepted: false)));

        Assert.Equal(RefusalKind.AuthenticationFailed, refused.Refusal.Kind);
        await client.AuthenticateAsync("PLAIN", user.Credentials());
        Assert.Empty(await client.ListAsync());
    }

    public static TheoryData<string, ConnectionSecurity> EveryMechanism()
    {
        var data = new TheoryData<string, ConnectionSecurity>();
        foreach (var mechanism in (string[])["PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER"])
        {
            foreach (var security in Enum.GetValues<ConnectionSecurity>())
                data.Add(mechanism, security);
        }

        return data;
    }

    private MailCredentials Credentials(string mechanism, RigUser user, bool accepted)
    {
        var secret = Guid.NewGuid().ToString("N");
        if (mechanism is "PLAIN" or "LOGIN")
            return new MailCredentials.Password(user.Address, accepted ? user.Password : secret);
        if (accepted)
            rig.AcceptToken(secret, user);
        return new MailCredentials.AccessToken(user.Address, secret);
    }

    private async Task<Pop3Client> LoggedInAsync(RigUser user, ConnectionSecurity security = ConnectionSecurity.Tls)
    {
        var client = await Pop3Client.ConnectAsync(rig.Pop3(security));
        await client.LoginAsync(user.Credentials());
        return client;
    }
}
