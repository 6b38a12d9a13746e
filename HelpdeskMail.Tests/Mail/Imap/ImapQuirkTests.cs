using System.Text;
using HelpdeskMail.Mail.Imap;
using HelpdeskMail.Mail.Imap.Wire;
using HelpdeskMail.Mail.Transport;
using HelpdeskMail.Mail.Transport.Sasl;
using HelpdeskMail.Tests.Mail.Transport;
using Xunit;

namespace HelpdeskMail.Tests.Mail.Imap;

/// <summary>Servers without extensions, and servers with their own ideas.</summary>
public sealed class ImapQuirkTests
{
    private static readonly MailCredentials Me = new MailCredentials.Password("me", "secret");

    [Fact]
    public async Task Move_ServerWithUidPlusOnly_CopiesMarksAndExpungesExactlyThose()
    {
        await using var server = Server("IMAP4rev1 UIDPLUS", command => command.StartsWith("UID COPY", StringComparison.Ordinal) ? "TAG OK [COPYUID 7 3,5 11:12] copied\r\n" : "TAG OK\r\n");
        await using var client = await ImapClient.ConnectAsync(server.Endpoint());
        var moved = await client.UidMoveAsync(UidSet.Of(5, 3), "Archive");

        Assert.Equal(["UID COPY 3,5 \"Archive\"", "UID STORE 3,5 +FLAGS.SILENT (\\Deleted)", "UID EXPUNGE 3,5"], Commands(server));
        Assert.Equal((11u, 12u, false), (moved.NewUids[3], moved.NewUids[5], moved.LeftMarkedDeleted));
    }

    [Theory]
    [InlineData("* SEARCH 3\r\n", true)]
    [InlineData("* SEARCH 3 4\r\n", false)]
    public async Task Move_ServerWithNeither_ExpungesOnlyWhereNobodyElsesMailWouldGo(string deleted, bool expunges)
    {
        await using var server = Server("IMAP4rev1", command => command.StartsWith("UID SEARCH", StringComparison.Ordinal) ? deleted + "TAG OK\r\n" : "TAG OK\r\n");
        await using var client = await ImapClient.ConnectAsync(server.Endpoint());
        var moved = await client.UidMoveAsync(UidSet.Of(3), "Archive");

        Assert.Equal(expunges, Commands(server).Contains("EXPUNGE", StringComparer.Ordinal));
        Assert.Equal(!expunges, moved.LeftMarkedDeleted);
    }

    [Fact]
    public async Task Fetch_OneMessageSpoilsTheBatch_TheOthersStillCome()
    {
        await using var server = Server("IMAP4rev1", command => command switch
        {
            _ when command.Contains("SIZE", StringComparison.Ordinal) => "* 1 FETCH (UID 1 RFC822.SIZE 1)\r\n* 2 FETCH (UID 2 RFC822.SIZE 1)\r\n* 3 FETCH (UID 3 RFC822.SIZE 1)\r\nTAG OK\r\n",
            "UID FETCH 1:3 (UID BODY.PEEK[])" => "* 1 FETCH (UID 1 BODY[] \"a\")\r\nTAG NO message can't be rendered\r\n",
            "UID FETCH 3 (UID BODY.PEEK[])" => "* 3 FETCH (UID 3 BODY[] \"c\")\r\nTAG OK\r\n",
            _ => "TAG NO still not\r\n",
        });
        await using var client = await ImapClient.ConnectAsync(server.Endpoint());
        var got = await client.UidFetchAsync([1, 2, 3]).ToListAsync();

        Assert.Equal([(1u, "a", null), (2u, null, "still not"), (3u, "c", null)],
            got.OrderBy(message => message.Uid).Select(message => (message.Uid, message.Body is { } body ? Encoding.ASCII.GetString(body.Span) : null, message.Refusal?.Text)));
    }

    [Fact]
    public async Task Fetch_ServerLeavesAMessageOutThatIsThere_ItIsNotTakenForGone()
    {
        await using var server = Server("IMAP4rev1", command => command switch
        {
            _ when command.Contains("SIZE", StringComparison.Ordinal) => "* 1 FETCH (UID 1 RFC822.SIZE 1)\r\nTAG NO [SERVERBUG] can't open 2\r\n",
            "UID SEARCH UID 2:4" => "* SEARCH 2 3\r\nTAG OK\r\n",
            "UID SEARCH UID 3" => "* SEARCH 3\r\nTAG OK\r\n",
            "UID FETCH 1 (UID BODY.PEEK[])" => "* 1 FETCH (UID 1 BODY[] \"a\")\r\nTAG OK\r\n",
            "UID FETCH 2 (UID BODY.PEEK[])" => "TAG NO [SERVERBUG] can't open 2\r\n",
            _ => "TAG OK\r\n",
        });
        await using var client = await ImapClient.ConnectAsync(server.Endpoint());
        var got = await client.UidFetchAsync([1, 2, 3, 4]).ToListAsync();
        Assert.Equal([(1u, null), (2u, "can't open 2"), (3u, "the server lists this message and hands out nothing")], got.OrderBy(message => message.Uid).Select(message => (message.Uid, message.Refusal?.Text)));
    }

    [Fact]
    public async Task Fetch_ServerSendsAMessageTwice_ItComesOnce()
    {
        await using var server = Server("IMAP4rev1", command => command.Contains("SIZE", StringComparison.Ordinal)
            ? "* 1 FETCH (UID 1 RFC822.SIZE 1)\r\nTAG OK\r\n"
            : "* 1 FETCH (UID 1 BODY[] \"a\")\r\n* 1 FETCH (UID 1 BODY[] \"a\")\r\n* 9 FETCH (UID 9 BODY[] \"not asked\")\r\nTAG OK\r\n");
        await using var client = await ImapClient.ConnectAsync(server.Endpoint());
        Assert.Single(await client.UidFetchAsync([1]).ToListAsync());
    }

    [Fact]
    public async Task Search_ExtendedAnswer_IsExpanded()
    {
        await using var server = Server("IMAP4rev1 ESEARCH", _ => "* ESEARCH (TAG \"TAG\") UID COUNT 4 ALL 1:3,7\r\nTAG OK\r\n");
        await using var client = await ImapClient.ConnectAsync(server.Endpoint());
        Assert.Equal([1u, 2u, 3u, 7u], await client.UidSearchAsync(ImapSearch.All));
        Assert.Equal("UID SEARCH RETURN (ALL) ALL", Commands(server)[^1]);
    }

    [Fact]
    public async Task Search_ExtendedAnswerNamingFourBillion_IsAFault()
    {
        await using var server = Server("IMAP4rev1 ESEARCH", _ => "* ESEARCH (TAG \"TAG\") UID ALL 1:4294967295\r\nTAG OK\r\n");
        await using var client = await ImapClient.ConnectAsync(server.Endpoint());
        Assert.Equal(MailFaultKind.Malformed, (await Assert.ThrowsAsync<MailProtocolException>(() => client.UidSearchAsync(ImapSearch.All))).Kind);
    }

    [Fact]
    public async Task Login_NothingOfferedButDisabledLogin_SendsNoSecret()
    {
        await using var server = Server("IMAP4rev1 LOGINDISABLED AUTH=SCRAM-SHA-256", _ => "TAG OK\r\n");
        await using var client = await ImapClient.ConnectAsync(server.Endpoint());
        var refused = await Assert.ThrowsAsync<MailRefusedException>(() => client.LoginAsync(Me));
        Assert.Equal(RefusalKind.NoUsableMechanism, refused.Refusal.Kind);
        Assert.Empty(Commands(server));
    }

    [Fact]
    public async Task StartTls_NotOffered_SendsNoSecretAndSaysWhatToDo()
    {
        await using var server = Server("IMAP4rev1 AUTH=PLAIN", _ => "TAG OK\r\n");
        var fault = await Assert.ThrowsAsync<MailProtocolException>(() => ImapClient.ConnectAsync(server.Endpoint(ConnectionSecurity.StartTls)));
        Assert.Equal(MailFaultKind.TlsNotOffered, fault.Kind);
        Assert.Empty(Commands(server));
    }

    [Fact]
    public async Task StartTls_GreetingSaysAlreadyLoggedIn_IsRefused()
    {
        await using var server = new ScriptedServer(peer => peer.PlayImapAsync("* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] hello\r\n", _ => "TAG OK\r\n"));
        var fault = await Assert.ThrowsAsync<MailProtocolException>(() => ImapClient.ConnectAsync(server.Endpoint(ConnectionSecurity.StartTls)));
        Assert.Equal(MailFaultKind.TlsNotOffered, fault.Kind);
    }

    [Fact]
    public async Task StartTls_DataInjectedBeforeTheHandshake_IsAFault()
    {
        await using var server = Server("IMAP4rev1 STARTTLS", _ => "TAG OK begin\r\n* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN INJECTED]\r\n");
        var fault = await Assert.ThrowsAsync<MailProtocolException>(() => ImapClient.ConnectAsync(server.Endpoint(ConnectionSecurity.StartTls)));
        Assert.Equal(MailFaultKind.TlsFailed, fault.Kind);
        Assert.Contains("injected", fault.Text);
    }

    [Fact]
    public async Task Login_PasswordBeyondAscii_GoesAsALiteralOnceTheServerIsReady()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await peer.SayAsync("* OK [CAPABILITY IMAP4rev1] ready\r\n");
            await peer.HearAsync();
            await peer.SayAsync("+ go on\r\n");
            await peer.HearAsync();
            await peer.SayAsync("A0001 OK [CAPABILITY IMAP4rev1 IDLE] in\r\n");
        });
        await using var client = await ImapClient.ConnectAsync(server.Endpoint());
        await client.LoginAsync(new MailCredentials.Password("me", "pässwörd"));
        Assert.Equal(["A0001 LOGIN \"me\" {10}", "pässwörd"], server.Heard);
        Assert.DoesNotContain(client.Trace.Lines, line => line.Text.Contains("pässwörd", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Literal_ServerRefusesItInsteadOfWaiting_IsARefusal()
    {
        await using var server = Server("IMAP4rev1", _ => "TAG NO [OVERQUOTA] full\r\n");
        await using var client = await ImapClient.ConnectAsync(server.Endpoint());
        var refused = await Assert.ThrowsAsync<MailRefusedException>(() => client.AppendAsync("INBOX", new byte[10]));
        Assert.Equal((RefusalKind.OverQuota, false), (refused.Refusal.Kind, refused.Refusal.IsPermanent));
        Assert.Single(server.Heard);
    }

    [Theory]
    [InlineData("a\r\nA2 LOGOUT")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    public async Task Mailbox_NameWithLineBreak_IsNeverSent(string name)
    {
        await using var server = Server("IMAP4rev1", _ => "TAG OK\r\n");
        await using var client = await ImapClient.ConnectAsync(server.Endpoint());
        // In modified UTF-7 a control character is encoded like any other beyond ASCII; the wire stays one line.
        await client.CreateAsync(name);
        Assert.StartsWith("CREATE \"a&", Assert.Single(Commands(server)));
        Assert.Throws<ArgumentException>(() => new ImapCommandWriter(new ImapMailboxNames { IsUtf8 = true }, false, false).Mailbox(name));
        Assert.Throws<ArgumentException>(() => new ImapCommandWriter(new ImapMailboxNames(), false, false).String(name));
    }

    [Fact]
    public async Task Utf8_EnabledByTheServer_NamesAndSearchesGoAsTheyAre()
    {
        await using var server = Server("IMAP4rev1 ENABLE UTF8=ACCEPT", command => command switch
        {
            "ENABLE UTF8=ACCEPT" => "* ENABLED UTF8=ACCEPT\r\nTAG OK\r\n",
            _ when command.StartsWith("LIST", StringComparison.Ordinal) => "* LIST () \"/\" \"Entwürfe & mehr\"\r\nTAG OK\r\n",
            _ => "TAG OK\r\n",
        });
        await using var client = await ImapClient.ConnectAsync(server.Endpoint());
        Assert.True(await client.EnableUtf8Async());
        await client.CreateAsync("台北");
        Assert.Equal("CREATE \"台北\"", Commands(server)[^1]);
        Assert.Equal("Entwürfe & mehr", Assert.Single(await client.ListAsync()).Name);
    }

    [Theory]
    [InlineData("Entwürfe", "Entw&APw-rfe")]
    [InlineData("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-")]
    [InlineData("R&D", "R&-D")]
    [InlineData("😀", "&2D3eAA-")]
    public void MailboxName_ModifiedUtf7_IsAsTheRfcWritesIt(string name, string wire)
    {
        Assert.Equal(wire, ImapMailboxNames.ToUtf7(name));
        Assert.Equal(name, ImapMailboxNames.FromUtf7(wire));
    }

    [Theory]
    [InlineData("Tom & Jerry")]
    [InlineData("&")]
    [InlineData("a&b!c-")]
    public void MailboxName_NotModifiedUtf7AtAll_IsTakenAsItStands(string wire) =>
        Assert.Equal(wire, new ImapMailboxNames().Decode(Encoding.ASCII.GetBytes(wire)));

    [Fact]
    public void UidSet_Split_KeepsEveryUidAndEveryPieceShort()
    {
        var uids = Enumerable.Range(1, 20_000).Select(i => (uint)i * 2).ToList();
        var pieces = UidSet.Of(uids).Split().ToList();
        Assert.All(pieces, piece => Assert.True(piece.ToString().Length < 6100));
        Assert.Equal(uids, pieces.SelectMany(piece => UidSet.Expand(piece.ToString())!));
    }

    [Fact]
    public async Task List_NameAsALiteralAtTheVeryEnd_IsRead()
    {
        await using var server = Server("IMAP4rev1", _ => "* LIST (\\HasNoChildren) NIL {4}\r\nname\r\n* LIST () \"/\" {2+}\r\n{}\r\nTAG OK {5}\r\n");
        await using var client = await ImapClient.ConnectAsync(server.Endpoint());
        Assert.Equal(["name", "{}"], (await client.ListAsync()).Select(folder => folder.Name));
    }

    [Fact]
    public async Task Unsolicited_AnythingAtAnyTime_DisturbsNothing()
    {
        const string noise = "* 23 EXISTS\r\n* 1 RECENT\r\n* 5 EXPUNGE\r\n* 3 FETCH (FLAGS (\\Seen))\r\n* FLAGS (\\Seen)\r\n* OK [ALERT] Disk is failing\r\n"
            + "* XUNKNOWN (a \"b\" {3}\r\nc d)\r\n* VANISHED (EARLIER) 1:5\r\n* NO hmm\r\n* BAD odd\r\n* STATUS \"x\" (MESSAGES 1)\r\n";
        await using var server = Server("IMAP4rev1 ESEARCH", command => noise + (command.StartsWith("UID SEARCH", StringComparison.Ordinal) ? "* SEARCH 4 2\r\n" : "") + noise + "TAG OK done\r\n");
        await using var client = await ImapClient.ConnectAsync(server.Endpoint());
        Assert.Equal([2u, 4u], await client.UidSearchAsync(ImapSearch.All));
        Assert.Contains("Disk is failing", client.Alerts, StringComparer.Ordinal);
    }

    private static ScriptedServer Server(string capabilities, Func<string, string> answer) =>
        new(peer => peer.PlayImapAsync($"* OK [CAPABILITY {capabilities}] ready\r\n", answer));

    private static List<string> Commands(ScriptedServer server) => [.. server.Heard.Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..])];
}
