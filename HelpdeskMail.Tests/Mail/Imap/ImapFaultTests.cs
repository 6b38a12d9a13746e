using System.Text;
using HelpdeskMail.Mail.Imap;
using HelpdeskMail.Mail.Transport;
using HelpdeskMail.Mail.Transport.Sasl;
using HelpdeskMail.Tests.Mail.Transport;
using Xunit;

namespace HelpdeskMail.Tests.Mail.Imap;

/// <summary>What broken, slow and hostile servers do.</summary>
public sealed class ImapFaultTests
{
    private const string Greeting = "* OK [CAPABILITY IMAP4rev1 UIDPLUS AUTH=PLAIN SASL-IR] ready\r\n";
    private static readonly MailCredentials Me = new MailCredentials.Password("me", "secret");
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Session_ConnectionDropsAtEveryByte_IsAlwaysACleanFault()
    {
        await using var server = new ScriptedServer(peer => peer.PlayImapAsync(Greeting, Mailbox));
        Assert.Equal(["Subject: 1\r\n\r\none", "Subject: 2\r\n\r\ntwo {5}"], await FetchAllAsync(server));
        var whole = server.Sent;

        for (var at = 0; at < whole; at++)
        {
            server.SendAtMost = at;
            var got = new List<string>();
            var error = await Record.ExceptionAsync(() => FetchAllAsync(server, got).WaitAsync(Bound));
            // Only what stands behind the last completion is not waited for: the answer to LOGOUT.
            if (error is null)
                Assert.True(at > whole - 60, $"no fault at byte {at} of {whole}");
            else
                Assert.True(error is MailProtocolException { Kind: MailFaultKind.Disconnected }, $"at byte {at}: {error}");
            Assert.All(got, body => Assert.True(body is "Subject: 1\r\n\r\none" or "Subject: 2\r\n\r\ntwo {5}", body));
        }
    }

    [Fact]
    public async Task Session_EveryByteInItsOwnPacket_ReadsTheSame()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await Drip(Greeting);
            while (await peer.HearAsync() is { } line)
            {
                var tag = line.Split(' ')[0];
                await Drip(Mailbox(line[(tag.Length + 1)..]).Replace("TAG", tag, StringComparison.Ordinal));
            }

            async Task Drip(string text)
            {
                foreach (var c in text)
                    await peer.SayAsync(c.ToString());
            }
        });
        Assert.Equal(2, (await FetchAllAsync(server).WaitAsync(Bound)).Count);
    }

    [Fact]
    public async Task Session_BytesChangedAtRandom_EndsWellOrInAFault_NeverOtherwise()
    {
        var random = new Random(20261121);
        await using var server = new ScriptedServer(async peer =>
        {
            await peer.SayAsync(Greeting);
            while (await peer.HearAsync() is { } line)
            {
                var tag = line.Split(' ')[0];
                await peer.SayAsync(Spoil(Encoding.ASCII.GetBytes(Mailbox(line[(tag.Length + 1)..]).Replace("TAG", tag, StringComparison.Ordinal))));
            }
        });
        var options = Impatient(new Deadlines { Command = TimeSpan.FromMilliseconds(80), LiteralIdle = TimeSpan.FromMilliseconds(80), Logout = TimeSpan.FromMilliseconds(80) });
        var faults = 0;
        for (var round = 0; round < 250; round++)
        {
            var error = await Record.ExceptionAsync(() => FetchAllAsync(server, options: options).WaitAsync(Bound));
            Assert.True(error is null or MailException, $"round {round}: {error}");
            faults += error is null ? 0 : 1;
        }

        Assert.InRange(faults, 50, 250);

        byte[] Spoil(byte[] bytes)
        {
            const string interesting = "(){}[]\"\\ \r\n*+0123456789AUID";
            for (var changes = random.Next(3); changes > 0 && bytes.Length > 0; changes--)
            {
                var at = random.Next(bytes.Length);
                bytes = random.Next(4) switch
                {
                    0 => [.. bytes[..at], .. bytes[(at + 1)..]],
                    1 => [.. bytes[..at], (byte)interesting[random.Next(interesting.Length)], .. bytes[at..]],
                    2 => [.. bytes[..at], (byte)random.Next(256), .. bytes[(at + 1)..]],
                    _ => [.. bytes[..at], .. bytes[..random.Next(bytes.Length)], .. bytes[at..]],
                };
            }

            return bytes;
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n")]
    [InlineData("220 mail.example.org ESMTP\r\n")]
    [InlineData("+OK POP3 ready\r\n")]
    [InlineData("* INVALID\r\n")]
    [InlineData("\0\u0001\u0002\r\n")]
    [InlineData("\r\n")]
    public async Task Greeting_NotImap_SaysSo(string greeting)
    {
        await using var server = new ScriptedServer(async peer => { await peer.SayAsync(greeting); await peer.HearAsync(); });
        var fault = await FaultAsync(() => ImapClient.ConnectAsync(server.Endpoint()));
        Assert.Equal(MailFaultKind.Malformed, fault.Kind);
        Assert.Contains("not an IMAP server", fault.Text);
    }

    [Fact]
    public async Task Greeting_Bye_CarriesTheServersWords()
    {
        await using var server = new ScriptedServer(peer => peer.SayAsync("* BYE [ALERT] Too many connections\r\n"));
        var fault = await FaultAsync(() => ImapClient.ConnectAsync(server.Endpoint()));
        Assert.Equal(MailFaultKind.Disconnected, fault.Kind);
        Assert.Equal("Too many connections", fault.ServerText);
    }

    [Fact]
    public async Task Command_ServerSaysBye_IsAFaultAtOnceWithItsWords()
    {
        await using var server = new ScriptedServer(peer => peer.PlayImapAsync(Greeting, _ => "* BYE Autologout; idle for too long\r\n"));
        await using var client = await ImapClient.ConnectAsync(server.Endpoint());
        var fault = await FaultAsync(() => client.NoopAsync());
        Assert.Equal((MailFaultKind.Disconnected, "Autologout; idle for too long"), (fault.Kind, fault.ServerText));
        Assert.False(client.IsConnected);
    }

    [Theory]
    [InlineData("A9999 OK done\r\n")]
    [InlineData("TAG MAYBE done\r\n")]
    [InlineData("TAG\r\n")]
    [InlineData("garbage\r\n")]
    [InlineData("\r\n")]
    [InlineData("* 1 FETCH (UID 1 FLAGS (\\Seen)\r\n")]
    [InlineData("* 1 FETCH (UID x)\r\n")]
    [InlineData("* 1 FETCH ((((((\r\n")]
    [InlineData("* LIST (\\HasNoChildren \"/\r\n")]
    public async Task Answer_OutsideTheGrammar_IsAFault(string answer)
    {
        await using var server = new ScriptedServer(peer => peer.PlayImapAsync(Greeting, _ => answer));
        await using var client = await ImapClient.ConnectAsync(server.Endpoint());
        var asking = answer.Contains("LIST", StringComparison.Ordinal) ? client.ListAsync() : (Task)client.UidFetchSummariesAsync(UidSet.Of(1));
        Assert.Equal(MailFaultKind.Malformed, (await FaultAsync(() => asking)).Kind);
        Assert.False(client.IsConnected);
    }

    [Fact]
    public async Task Answer_LineThatNeverEnds_IsGivenUpInBoundedMemory()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await peer.SayAsync(Greeting);
            await peer.HearAsync();
            var piece = Encoding.ASCII.GetBytes("* SEARCH " + new string('1', 1 << 20));
            while (true)
                await peer.SayAsync(piece);
        });
        await using var client = await ImapClient.ConnectAsync(server.Endpoint());
        Assert.Equal(MailFaultKind.Malformed, (await FaultAsync(() => client.NoopAsync())).Kind);
    }

    [Theory]
    [InlineData("* 1 EXPUNGE\r\n", 10_000)]
    [InlineData("* OK [ALERT] still working on it\r\n", 10_000)]
    [InlineData("+ go on\r\n", 10_000)]
    [InlineData("* 1 FETCH (UID 1 BODY[] {2000000}\r\n@)\r\n", 134)]
    [InlineData("* SEARCH @\r\n", 20)]
    public async Task Answer_ResponsesThatNeverEnd_AreGivenUp(string response, int atLeast)
    {
        var bytes = Encoding.ASCII.GetBytes(response.Replace("@", string.Concat(Enumerable.Repeat("1 ", 1_000_000)), StringComparison.Ordinal));
        var many = Enumerable.Repeat(bytes, Math.Max(1, 64 * 1024 / bytes.Length)).SelectMany(piece => piece).ToArray();
        await using var server = new ScriptedServer(async peer =>
        {
            await peer.SayAsync(Greeting);
            await peer.HearAsync();
            while (true)
                await peer.SayAsync(many);
        });
        await using var client = await ImapClient.ConnectAsync(server.Endpoint(), new TransportOptions { MaxUnaskedResponses = 10_000 });
        var fault = await FaultAsync(() => client.UidSearchAsync(ImapSearch.All));
        Assert.Equal(MailFaultKind.Malformed, fault.Kind);
        Assert.True(server.Sent >= (long)atLeast * bytes.Length, $"given up after {server.Sent} bytes already");
        Assert.False(client.IsConnected);
    }

    [Fact]
    public async Task Answer_ThatDoesNotEnd_IsGivenUpAtItsLimit()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await peer.SayAsync(Greeting);
            await peer.HearAsync();
            while (true)
                await peer.SayAsync("* SEARCH 1 2 3 4 5 6 7 8 9\r\n");
        });
        await using var client = await ImapClient.ConnectAsync(server.Endpoint(), new TransportOptions { MaxAnswerBytes = 50_000 });
        Assert.Equal(MailFaultKind.Malformed, (await FaultAsync(() => client.UidSearchAsync(ImapSearch.All))).Kind);
        Assert.True(server.Sent >= 50_000, $"given up after {server.Sent} bytes already");
        Assert.False(client.IsConnected);
    }

    [Theory]
    [InlineData("{99999999999999999999}")]
    [InlineData("{9223372036854775807}")]
    [InlineData("{4294967296}")]
    [InlineData("{2147483649}")]
    public async Task Literal_HostileSize_IsRefusedUnread(string literal)
    {
        await using var server = new ScriptedServer(peer => peer.PlayImapAsync(Greeting, _ => $"* 1 FETCH (UID 1 BODY[] {literal}\r\n"));
        await using var client = await ImapClient.ConnectAsync(server.Endpoint());
        Assert.Equal(MailFaultKind.Malformed, (await FaultAsync(() => client.NoopAsync())).Kind);
    }

    [Fact]
    public async Task Literal_LargerThanTheLimitDespiteItsAnnouncedSize_IsReadPast()
    {
        var huge = new string('x', 100_000);
        await using var server = new ScriptedServer(peer => peer.PlayImapAsync(Greeting, command => command switch
        {
            _ when command.Contains("RFC822.SIZE", StringComparison.Ordinal) => "* 1 FETCH (UID 1 FLAGS () INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" RFC822.SIZE 10)\r\nTAG OK\r\n",
            _ when command.Contains("BODY.PEEK", StringComparison.Ordinal) => $"* 1 FETCH (UID 1 BODY[] {{100000}}\r\n{huge})\r\nTAG OK\r\n",
            _ => "TAG OK\r\n",
        }));
        await using var client = await ImapClient.ConnectAsync(server.Endpoint(), new TransportOptions { MaxMessageBytes = 50_000 });
        var message = Assert.Single(await client.UidFetchAsync([1]).ToListAsync());
        Assert.True(message.IsTooLarge);
        Assert.Equal(100_000, message.Summary.Size);
        Assert.Equal(new DateTimeOffset(1996, 7, 17, 2, 44, 25, TimeSpan.FromHours(-7)), message.Summary.InternalDate);
        await client.NoopAsync();
    }

    [Fact]
    public async Task Answer_NeverComes_TimesOutByName()
    {
        await using var server = new ScriptedServer(async peer => { await peer.SayAsync(Greeting); await peer.HearAsync(); await peer.HearAsync(); });
        await using var client = await ImapClient.ConnectAsync(server.Endpoint(), Impatient(new Deadlines { Command = TimeSpan.FromMilliseconds(100) }));
        var fault = await FaultAsync(() => client.NoopAsync());
        Assert.Equal(MailFaultKind.Timeout, fault.Kind);
        Assert.Equal("127.0.0.1 did not answer NOOP within 0.1 seconds.", fault.Text);
    }

    [Fact]
    public async Task Greeting_DrippingForever_TimesOut()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            while (true)
            {
                await peer.SayAsync("*");
                await Task.Delay(20, peer.Stop);
            }
        });
        Assert.Equal(MailFaultKind.Timeout, (await FaultAsync(() => ImapClient.ConnectAsync(server.Endpoint(), Impatient(new Deadlines { Greeting = TimeSpan.FromMilliseconds(300) })))).Kind);
    }

    [Fact]
    public async Task Body_SlowerThanTheSlowestAllowed_IsGivenUp_HoweverRegularly()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await peer.SayAsync(Greeting);
            await peer.HearAsync();
            await peer.SayAsync("* 1 FETCH (UID 1 BODY[] {5000}\r\n");
            while (true)
            {
                await peer.SayAsync("x");
                await Task.Delay(20, peer.Stop);
            }
        });
        await using var client = await ImapClient.ConnectAsync(server.Endpoint(), Impatient(new Deadlines { LiteralIdle = TimeSpan.FromMilliseconds(200), SlowestBody = 50_000 }));
        var fault = await FaultAsync(() => client.NoopAsync());
        Assert.Equal(MailFaultKind.Timeout, fault.Kind);
        Assert.Contains("slower than", fault.Text);
    }

    [Fact]
    public async Task Logout_ThatIsAnswered_IsNoEndOfTheSessionThatTheTraceComplainsOf()
    {
        await using var server = new ScriptedServer(peer => peer.PlayImapAsync(Greeting, Mailbox));
        await using var client = await ImapClient.ConnectAsync(server.Endpoint());

        await client.LogoutAsync();

        var lines = client.Trace.Lines.Select(line => line.Text).ToList();
        Assert.EndsWith("OK logged out", lines[^1], StringComparison.Ordinal);
        Assert.Contains("* BYE see you", lines);
    }

    private static string Mailbox(string command) => command switch
    {
        _ when command.StartsWith("AUTHENTICATE", StringComparison.Ordinal) => "TAG OK [CAPABILITY IMAP4rev1 UIDPLUS] in\r\n",
        _ when command.StartsWith("SELECT", StringComparison.Ordinal) => "* FLAGS (\\Seen)\r\n* 2 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 3] ok\r\nTAG OK [READ-WRITE] selected\r\n",
        "UID SEARCH ALL" => "* SEARCH 1 2\r\n* 2 EXISTS\r\nTAG OK found\r\n",
        _ when command.Contains("RFC822.SIZE", StringComparison.Ordinal) => "* 1 FETCH (UID 1 FLAGS () RFC822.SIZE 17)\r\n* 2 FETCH (UID 2 FLAGS (\\Seen) RFC822.SIZE 21)\r\nTAG OK sizes\r\n",
        _ when command.Contains("BODY.PEEK", StringComparison.Ordinal) =>
            "* 1 FETCH (UID 1 BODY[] {17}\r\nSubject: 1\r\n\r\none)\r\n* OK still here {3}\r\n* 2 FETCH (FLAGS (\\Seen))\r\n* 2 FETCH (BODY[] {21}\r\nSubject: 2\r\n\r\ntwo {5} UID 2)\r\nTAG OK bodies\r\n",
        "LOGOUT" => "* BYE see you\r\nTAG OK logged out\r\n",
        _ => "TAG BAD what?\r\n",
    };

    private static async Task<List<string>> FetchAllAsync(ScriptedServer server, List<string>? got = null, TransportOptions? options = null)
    {
        got ??= [];
        await using var client = await ImapClient.ConnectAsync(server.Endpoint(), options);
        await client.LoginAsync(Me);
        await client.SelectAsync("INBOX");
        var uids = await client.UidSearchAsync(ImapSearch.All);
        await foreach (var message in client.UidFetchAsync(uids))
            got.Add(Encoding.ASCII.GetString(message.Body.GetValueOrDefault().Span));
        await client.LogoutAsync();
        return got;
    }

    private static TransportOptions Impatient(Deadlines deadlines) => new() { Deadlines = deadlines };

    private static async Task<MailProtocolException> FaultAsync(Func<Task> action) =>
        await Assert.ThrowsAnyAsync<MailProtocolException>(() => action().WaitAsync(Bound));
}
