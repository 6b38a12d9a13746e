using System.Text;
using HelpdeskMail.Mail.Imap;
using HelpdeskMail.Mail.Transport;
using HelpdeskMail.Mail.Transport.Sasl;
using HelpdeskMail.Tests.Mail.Transport;
using Xunit;

namespace HelpdeskMail.Tests.Mail.Imap;

/// <summary>Against real Dovecot.</summary>
public sealed class ImapClientTests(MailRig rig) : IClassFixture<MailRig>
{
    [RigTheory]
    [InlineData(ConnectionSecurity.None)]
    [InlineData(ConnectionSecurity.StartTls)]
    [InlineData(ConnectionSecurity.Tls)]
    public async Task Login_EveryConnectionMode_OpensTheInbox(ConnectionSecurity security)
    {
        await using var client = await ImapClient.ConnectAsync(rig.Imap(security));
        await client.LoginAsync(rig.NewUser().Credentials());
        var inbox = await client.SelectAsync("INBOX");

        Assert.Equal(security != ConnectionSecurity.None, client.IsEncrypted);
        Assert.NotEqual(0u, inbox.UidValidity);
        Assert.Equal(0u, inbox.Exists);
        Assert.NotNull(inbox.UidNext);
        Assert.NotNull(inbox.HighestModSeq);
        await client.LogoutAsync();
        Assert.False(client.IsConnected);
    }

    [RigTheory]
    [MemberData(nameof(MechanismsInEveryMode))]
    public async Task Authenticate_EveryMechanismOverEveryConnectionMode_OpensTheInbox(string mechanism, ConnectionSecurity security)
    {
        var user = rig.NewUser();
        var credentials = user.Credentials();
        if (mechanism.Contains("OAUTH", StringComparison.Ordinal))
        {
            var token = Guid.NewGuid().ToString("N");
            rig.AcceptToken(token, user);
            credentials = new MailCredentials.AccessToken(user.Address, token);
        }

        await using var client = await ImapClient.ConnectAsync(rig.Imap(security));
        Assert.Contains(mechanism, client.Capabilities.Mechanisms);
        await client.AuthenticateAsync(mechanism, credentials);
        Assert.Equal(security != ConnectionSecurity.None, client.IsEncrypted);
        Assert.Equal(0u, (await client.SelectAsync("INBOX")).Exists);
    }

    public static TheoryData<string, ConnectionSecurity> MechanismsInEveryMode()
    {
        var all = new TheoryData<string, ConnectionSecurity>();
        foreach (var mechanism in (string[])["PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER"])
        {
            foreach (var security in Enum.GetValues<ConnectionSecurity>())
                all.Add(mechanism, security);
        }

        return all;
    }

    [RigFact]
    public async Task PlainLogin_IsAccepted_AndBringsTheNewCapabilities()
    {
        await using var client = await ImapClient.ConnectAsync(rig.Imap(ConnectionSecurity.Tls));
        Assert.False(client.Capabilities.Move);
        var user = rig.NewUser();
        await client.PlainLoginAsync(new MailCredentials.Password(user.Address, user.Password));
        Assert.True(client.Capabilities.Move);
    }

    [RigTheory]
    [InlineData("XOAUTH2")]
    [InlineData("OAUTHBEARER")]
    public async Task Authenticate_ExpiredToken_IsRefusedWithTheServersReason_AndTheConnectionGoesOn(string mechanism)
    {
        var user = rig.NewUser();
        await using var client = await ImapClient.ConnectAsync(rig.Imap(ConnectionSecurity.Tls));
        var refused = await Assert.ThrowsAsync<MailRefusedException>(() =>
            client.AuthenticateAsync(mechanism, new MailCredentials.AccessToken(user.Address, "no-such-token")));

        Assert.Equal(RefusalKind.AuthenticationFailed, refused.Refusal.Kind);
        Assert.Contains("status", refused.Refusal.Detail);
        await client.LoginAsync(user.Credentials());
    }

    [RigFact]
    public async Task Login_WrongPassword_IsARefusalInTheServersWords()
    {
        await using var client = await ImapClient.ConnectAsync(rig.Imap(ConnectionSecurity.Tls));
        var refused = await Assert.ThrowsAsync<MailRefusedException>(() =>
            client.LoginAsync(new MailCredentials.Password(MailRig.Support.Address, "not-the-password")));

        Assert.Equal(RefusalKind.AuthenticationFailed, refused.Refusal.Kind);
        Assert.Equal("AUTHENTICATIONFAILED", refused.Refusal.Code);
        Assert.Equal("Authentication failed.", refused.Refusal.Text);
        Assert.True(refused.Refusal.IsPermanent);
        Assert.True(client.IsConnected);
    }

    [RigFact]
    public async Task Search_EachCriterion_FindsItsMessages()
    {
        var user = rig.NewUser();
        await using var client = await InboxAsync(user);
        foreach (var subject in (string[])["eins", "zwei", "drei – Überraschung"])
            await client.AppendAsync("INBOX", Encoding.UTF8.GetBytes($"Subject: {subject}\r\n\r\nx\r\n"));
        await client.AddFlagsAsync(UidSet.Of(2), ["\\Seen"]);

        Assert.Equal([1u, 2u, 3u], await client.UidSearchAsync(ImapSearch.All));
        Assert.Equal([1u, 3u], await client.UidSearchAsync(ImapSearch.Unseen));
        Assert.Equal([2u], await client.UidSearchAsync(!ImapSearch.Unseen));
        Assert.Equal([2u, 3u], await client.UidSearchAsync(ImapSearch.UidFrom(2)));
        Assert.Empty(await client.UidSearchAsync(ImapSearch.UidFrom(4)));
        Assert.Equal([3u], await client.UidSearchAsync(ImapSearch.Subject("Überraschung")));
        Assert.Equal([1u, 2u], await client.UidSearchAsync(ImapSearch.Subject("eins") | ImapSearch.Seen));
        Assert.Equal([2u], await client.UidSearchAsync(ImapSearch.Seen & ImapSearch.Since(DateOnly.FromDateTime(DateTime.Today.AddDays(-1)))));
        Assert.Empty(await client.UidSearchAsync(ImapSearch.Before(new DateOnly(2000, 1, 31))));
    }

    [RigFact]
    public async Task Fetch_AcrossSeveralBatches_BringsEveryByte_AndMarksNothing()
    {
        var user = rig.NewUser();
        var mails = Enumerable.Range(0, 250).Select(i => Encoding.ASCII.GetBytes(
            $"Subject: {i}\r\n\r\n{new string('x', i * 37 % 5000)}\r\n.\r\n) OK [{{5}}\r\n")).ToList();
        foreach (var mail in mails)
            rig.Put(user, mail);
        await using var client = await InboxAsync(user);
        var uids = await client.UidSearchAsync(ImapSearch.All);

        var fetched = new List<FetchedMessage>();
        await foreach (var message in client.UidFetchAsync(uids))
            fetched.Add(message);

        Assert.Equal(mails, fetched.OrderBy(message => message.Uid).Select(message => message.Body!.Value.ToArray()));
        Assert.All(fetched, message => Assert.Equal(message.Summary.Size, message.Body!.Value.Length));
        Assert.All(fetched, message => Assert.NotNull(message.Summary.InternalDate));
        Assert.Equal(250, (await client.UidSearchAsync(ImapSearch.Unseen)).Count);
    }

    [RigFact]
    public async Task Fetch_LeftInTheMiddle_LeavesTheConnectionUsable()
    {
        var user = rig.NewUser();
        for (var i = 0; i < 300; i++)
            rig.Put(user, Encoding.ASCII.GetBytes($"Subject: {i}\r\n\r\nbody\r\n"));
        await using var client = await InboxAsync(user);
        var uids = await client.UidSearchAsync(ImapSearch.All);
        await foreach (var message in client.UidFetchAsync(uids))
        {
            if (message.Uid == 5)
                break;
        }

        await client.AddFlagsAsync(UidSet.Of(5), ["\\Seen"]);
        Assert.Equal([5u], await client.UidSearchAsync(ImapSearch.Seen));
    }

    [RigFact]
    public async Task Fetch_MessageOverTheLimit_ComesWithItsSizeAndWithoutBody()
    {
        var user = rig.NewUser();
        rig.Put(user, "Subject: small\r\n\r\nx\r\n"u8.ToArray());
        rig.Put(user, Encoding.ASCII.GetBytes("Subject: large\r\n\r\n" + new string('x', 5000) + "\r\n"));
        await using var client = await InboxAsync(user);

        var fetched = new List<FetchedMessage>();
        await foreach (var message in client.UidFetchAsync([1, 2, 77], maxBytes: 1000))
            fetched.Add(message);

        Assert.Equal([(1u, false), (2u, true)], fetched.OrderBy(message => message.Uid).Select(message => (message.Uid, message.IsTooLarge)));
        Assert.Equal(5020, fetched.Single(message => message.Uid == 2).Summary.Size);
    }

    [RigFact]
    public async Task Summaries_TellFlagsAndSize_AndWithModSeqOnlyWhatChanged()
    {
        var user = rig.NewUser();
        rig.Put(user, "Subject: a\r\n\r\nx\r\n"u8.ToArray());
        rig.Put(user, "Subject: b\r\n\r\nx\r\n"u8.ToArray());
        await using var client = await InboxAsync(user);
        var before = client.Selected!.HighestModSeq;
        await client.AddFlagsAsync(UidSet.Of(2), ["\\Seen", "$Handled"]);

        var all = await client.UidFetchSummariesAsync(UidSet.Range(1));
        Assert.Equal([1u, 2u], all.Select(summary => summary.Uid));
        Assert.Contains("$Handled", all[1].Flags, StringComparer.Ordinal);
        Assert.True(all[1].IsSeen);
        Assert.Equal([2u], (await client.UidFetchSummariesAsync(UidSet.Range(1), changedSince: before)).Select(summary => summary.Uid));
    }

    [RigFact]
    public async Task Move_IntoACreatedFolderWithALocalName_TakesTheMessageThere()
    {
        var user = rig.NewUser();
        await using var client = await InboxAsync(user);
        await client.AppendAsync("INBOX", "Subject: a\r\n\r\nx\r\n"u8.ToArray());
        const string folder = "Архив & Söhne/2024";
        Assert.True(await client.EnsureMailboxAsync(folder));
        Assert.False(await client.EnsureMailboxAsync(folder));

        var moved = await client.UidMoveAsync(UidSet.Of(1), folder);

        Assert.False(moved.LeftMarkedDeleted);
        Assert.Equal(1u, moved.NewUids[1]);
        Assert.Empty(await client.UidSearchAsync(ImapSearch.All));
        Assert.Contains(await client.ListAsync(), listed => listed.Name == folder);
        Assert.Equal(1u, (await client.SelectAsync(folder)).Exists);
    }

    [RigFact]
    public async Task Move_FolderMissing_IsARefusalOfThatKind()
    {
        var user = rig.NewUser();
        await using var client = await InboxAsync(user);
        await client.AppendAsync("INBOX", "Subject: a\r\n\r\nx\r\n"u8.ToArray());
        var refused = await Assert.ThrowsAsync<MailRefusedException>(() => client.UidMoveAsync(UidSet.Of(1), "Nowhere"));
        Assert.Equal(RefusalKind.MailboxNotFound, refused.Refusal.Kind);
        Assert.Equal("UID MOVE", refused.Refusal.Command);
    }

    [RigFact]
    public async Task Select_UnknownFolder_IsARefusalOfThatKind()
    {
        await using var client = await InboxAsync(rig.NewUser());
        var refused = await Assert.ThrowsAsync<MailRefusedException>(() => client.SelectAsync("Nowhere"));
        Assert.Equal(RefusalKind.MailboxNotFound, refused.Refusal.Kind);
        Assert.Null(client.Selected);
    }

    [RigFact]
    public async Task Delete_RemovesExactlyTheNamedMessages()
    {
        var user = rig.NewUser();
        for (var i = 0; i < 3; i++)
            rig.Put(user, "Subject: a\r\n\r\nx\r\n"u8.ToArray());
        await using var client = await InboxAsync(user);
        await client.AddFlagsAsync(UidSet.Of(1), ["\\Deleted"]);
        Assert.True(await client.UidDeleteAsync(UidSet.Of(2)));
        Assert.Equal([1u, 3u], await client.UidSearchAsync(ImapSearch.All));
    }

    [RigFact]
    public async Task UidValidity_ChangedByTheServer_IsSeenAtTheNextSelect()
    {
        var user = rig.NewUser();
        uint before;
        await using (var client = await InboxAsync(user))
            before = client.Selected!.UidValidity;
        await rig.NewUidValidityAsync(user);
        await using var again = await InboxAsync(user);
        Assert.NotEqual(before, again.Selected!.UidValidity);
    }

    [RigFact]
    public async Task Examine_OpensReadOnly()
    {
        await using var client = await InboxAsync(rig.NewUser());
        Assert.True((await client.ExamineAsync("INBOX")).IsReadOnly);
    }

    [RigFact]
    public async Task Introduction_NamespaceIdAndSpecialUse_AreRead()
    {
        await using var client = await InboxAsync(rig.NewUser());
        Assert.Equal(new ImapNamespace("", '/'), await client.NamespaceAsync());
        Assert.Equal("Dovecot", (await client.IdAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = "HelpdeskMail" }))["name"]);
        Assert.Equal("Sent", (await client.ListAsync()).Single(folder => folder.SpecialUse == "\\Sent").Name);
    }

    [RigFact]
    public async Task Cancel_DuringAFetch_EndsTheConnection()
    {
        var user = rig.NewUser();
        rig.Put(user, "Subject: a\r\n\r\nx\r\n"u8.ToArray());
        await using var client = await InboxAsync(user);
        using var cancel = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in client.UidFetchAsync([1], ct: cancel.Token))
                await cancel.CancelAsync();
        });
        Assert.False(client.IsConnected);
    }

    private async Task<ImapClient> InboxAsync(RigUser user)
    {
        var client = await ImapClient.ConnectAsync(rig.Imap(ConnectionSecurity.Tls));
        await client.LoginAsync(user.Credentials());
        await client.SelectAsync("INBOX");
        return client;
    }
}
