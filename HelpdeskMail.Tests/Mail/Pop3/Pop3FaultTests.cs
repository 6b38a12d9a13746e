using System.Text;
using HelpdeskMail.Mail.Pop3;
using HelpdeskMail.Mail.Transport;
using HelpdeskMail.Mail.Transport.Sasl;
using HelpdeskMail.Tests.Mail.Transport;
using Xunit;

namespace HelpdeskMail.Tests.Mail.Pop3;

public sealed class Pop3FaultTests
{
    private static readonly MailCredentials Me = new MailCredentials.Password("me", "secret");
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("")]
    [InlineData("PIPELINING\r\n")]
    public async Task Session_ConnectionDropsAtEveryByte_IsAlwaysACleanFault(string capability)
    {
        await using var server = new ScriptedServer(peer => PlayAsync(peer, line => Friendly(line, capability)));
        Assert.Equal(["one\r\n", ".two\r\n"], await FetchAllAsync(server, []));
        var whole = server.Sent;
        for (var at = 0; at < whole; at++)
        {
            server.SendAtMost = at;
            var got = new List<string>();
            var fault = await Assert.ThrowsAsync<MailProtocolException>(() => FetchAllAsync(server, got).WaitAsync(Bound));
            Assert.Equal(MailFaultKind.Disconnected, fault.Kind);
            Assert.All(got, body => Assert.True(body is "one\r\n" or ".two\r\n", body));
        }
    }

    [Fact]
    public async Task Retrieve_DotBehindABareLineFeed_DoesNotEndTheMessage()
    {
        await using var server = new ScriptedServer(peer => PlayAsync(peer, line => line == "RETR 1" ? "+OK\r\na\n.\r\nb\n..c\r\n.\r\n" : Friendly(line, "")));
        await using var client = await Pop3Client.ConnectAsync(server.Endpoint());
        var download = Assert.Single(await client.RetrieveAsync([new Pop3Message(1, "x", 10)]).ToListAsync());
        Assert.Equal("a\n.\r\nb\n..c\r\n", Encoding.ASCII.GetString(download.Body!));
    }

    [Fact]
    public async Task Retrieve_ServerWithBareLineFeeds_IsReadToo()
    {
        await using var server = new ScriptedServer(peer => PlayAsync(peer, line => line == "RETR 1" ? "+OK\na\n..b\n.\n" : Friendly(line, "")));
        await using var client = await Pop3Client.ConnectAsync(server.Endpoint());
        var download = Assert.Single(await client.RetrieveAsync([new Pop3Message(1, "x", 10)]).ToListAsync());
        Assert.Equal("a\n.b\n", Encoding.ASCII.GetString(download.Body!));
    }

    [Fact]
    public async Task Retrieve_MessageLargerThanAnnounced_IsReadPast()
    {
        var huge = string.Concat(Enumerable.Repeat(new string('x', 70) + "\r\n", 1000));
        await using var server = new ScriptedServer(peer => PlayAsync(peer, line => line == "RETR 1" ? $"+OK\r\n{huge}.\r\n" : Friendly(line, "")));
        await using var client = await Pop3Client.ConnectAsync(server.Endpoint());
        var download = Assert.Single(await client.RetrieveAsync([new Pop3Message(1, "x", 10)], maxBytes: 50_000).ToListAsync());
        Assert.Null(download.Body);
        await client.NoopAsync();
    }

    [Theory]
    [InlineData("CAPA", "+OK ")]
    [InlineData("LIST", "+OK\r\n1 ")]
    [InlineData("UIDL", "-ERR ")]
    public async Task Line_ThatDoesNotEnd_IsGivenUp(string command, string beginning)
    {
        await using var server = new ScriptedServer(peer => PlayEndlesslyAsync(peer, command, beginning, "xxxxxxxxxx"));
        await FaultIsMalformedAsync(server, new TransportOptions());
    }

    [Theory]
    [InlineData("CAPA")]
    [InlineData("LIST")]
    [InlineData("UIDL")]
    public async Task List_ThatDoesNotEnd_IsGivenUpAtItsLimit(string command)
    {
        await using var server = new ScriptedServer(peer => PlayEndlesslyAsync(peer, command, "+OK\r\n", "1 120\r\n"));
        await FaultIsMalformedAsync(server, new TransportOptions { MaxAnswerBytes = 50_000 });
        Assert.True(server.Sent > 50_000, $"given up after {server.Sent} bytes already");
    }

    private static Task PlayEndlesslyAsync(ScriptedPeer peer, string command, string beginning, string more) =>
        PlayAsync(peer, line => line == command ? throw new EndlessException() : Friendly(line, ""), async () =>
        {
            await peer.SayAsync(beginning);
            while (true)
                await peer.SayAsync(more);
        });

    private static async Task FaultIsMalformedAsync(ScriptedServer server, TransportOptions options)
    {
        var fault = await Assert.ThrowsAsync<MailProtocolException>(async () =>
        {
            await using var client = await Pop3Client.ConnectAsync(server.Endpoint(), options);
            await client.ListAsync();
        }).WaitAsync(Bound);
        Assert.Equal(MailFaultKind.Malformed, fault.Kind);
    }

    [Fact]
    public async Task Login_ServerWithoutCapa_UsesUserAndPass()
    {
        await using var server = new ScriptedServer(peer => PlayAsync(peer, line => line == "CAPA" ? "-ERR unknown\r\n" : "+OK\r\n"));
        await using var client = await Pop3Client.ConnectAsync(server.Endpoint());
        await client.LoginAsync(Me);
        Assert.Equal(["CAPA", "USER me", "PASS secret", "CAPA"], server.Heard);
    }

    [Theory]
    [InlineData("-ERR [AUTH] wrong", RefusalKind.AuthenticationFailed, true)]
    [InlineData("-ERR [IN-USE] locked", RefusalKind.InUse, false)]
    [InlineData("-ERR [SYS/TEMP] later", RefusalKind.Unavailable, false)]
    [InlineData("-ERR no", RefusalKind.AuthenticationFailed, true)]
    public async Task Login_Refused_IsReadRight(string answer, RefusalKind kind, bool permanent)
    {
        await using var server = new ScriptedServer(peer => PlayAsync(peer, line => line.StartsWith("PASS", StringComparison.Ordinal) ? answer + "\r\n" : Friendly(line, "")));
        await using var client = await Pop3Client.ConnectAsync(server.Endpoint());
        var refused = await Assert.ThrowsAsync<MailRefusedException>(() => client.LoginAsync(Me));
        Assert.Equal((kind, permanent), (refused.Refusal.Kind, refused.Refusal.IsPermanent));
    }

    [Fact]
    public async Task StartTls_NotOfferedOrInjected_SendsNoSecret()
    {
        await using var without = new ScriptedServer(peer => PlayAsync(peer, line => line == "STLS" ? "-ERR unknown\r\n" : Friendly(line, "")));
        Assert.Equal(MailFaultKind.TlsNotOffered, (await Assert.ThrowsAsync<MailProtocolException>(() => Pop3Client.ConnectAsync(without.Endpoint(ConnectionSecurity.StartTls)))).Kind);
        await using var injected = new ScriptedServer(peer => PlayAsync(peer, line => line == "STLS" ? "+OK go\r\n+OK injected\r\n" : Friendly(line, "")));
        Assert.Equal(MailFaultKind.TlsFailed, (await Assert.ThrowsAsync<MailProtocolException>(() => Pop3Client.ConnectAsync(injected.Endpoint(ConnectionSecurity.StartTls)))).Kind);
    }

    [Theory]
    [InlineData("* OK IMAP4 ready\r\n")]
    [InlineData("220 mail ESMTP\r\n")]
    [InlineData("\r\n")]
    public async Task Greeting_NotPop3_SaysSo(string greeting)
    {
        await using var server = new ScriptedServer(async peer => { await peer.SayAsync(greeting); await peer.HearAsync(); });
        Assert.Equal(MailFaultKind.Malformed, (await Assert.ThrowsAsync<MailProtocolException>(() => Pop3Client.ConnectAsync(server.Endpoint()).WaitAsync(Bound))).Kind);
    }

    [Fact]
    public async Task Retrieve_LineThatNeverEnds_IsGivenUp()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await PlayAsync(peer, line => line == "RETR 1" ? throw new EndlessException() : Friendly(line, ""), async () =>
            {
                await peer.SayAsync("+OK\r\n");
                while (true)
                    await peer.SayAsync(new string('x', 100_000));
            });
        });
        await using var client = await Pop3Client.ConnectAsync(server.Endpoint());
        var fault = await Assert.ThrowsAsync<MailProtocolException>(() => client.RetrieveAsync([new Pop3Message(1, "x", 10)], maxBytes: 1_000_000).ToListAsync().AsTask().WaitAsync(Bound));
        Assert.Equal(MailFaultKind.Malformed, fault.Kind);
    }

    [Fact]
    public async Task List_LinesOutsideTheFormat_ArePassedOver()
    {
        await using var server = new ScriptedServer(peer => PlayAsync(peer, line => line switch
        {
            "LIST" => "+OK\r\n1 100\r\n2\r\nx y\r\n3 ten\r\n.\r\n",
            "UIDL" => "+OK\r\n1 a\r\n3 b\r\n.\r\n",
            _ => Friendly(line, ""),
        }));
        await using var client = await Pop3Client.ConnectAsync(server.Endpoint());
        Assert.Equal([new Pop3Message(1, "a", 100), new Pop3Message(3, "b", 0)], await client.ListAsync());
    }

    private static async Task<List<string>> FetchAllAsync(ScriptedServer server, List<string> got)
    {
        await using var client = await Pop3Client.ConnectAsync(server.Endpoint());
        await client.LoginAsync(Me);
        await foreach (var download in client.RetrieveAsync(await client.ListAsync()))
            got.Add(Encoding.ASCII.GetString(download.Body!));
        await client.QuitAsync();
        return got;
    }

    private static string Friendly(string line, string capability) => line switch
    {
        "CAPA" => $"+OK\r\nUSER\r\n{capability}.\r\n",
        "LIST" => "+OK\r\n1 5\r\n2 6\r\n.\r\n",
        "UIDL" => "+OK\r\n1 aa\r\n2 bb\r\n.\r\n",
        "RETR 1" => "+OK\r\none\r\n.\r\n",
        "RETR 2" => "+OK\r\n..two\r\n.\r\n",
        _ => "+OK\r\n",
    };

    private static async Task PlayAsync(ScriptedPeer peer, Func<string, string> answer, Func<Task>? endless = null)
    {
        await peer.SayAsync("+OK ready\r\n");
        while (await peer.HearAsync() is { } line)
        {
            try
            {
                await peer.SayAsync(answer(line));
            }
            catch (EndlessException)
            {
                await endless!();
            }
        }
    }

    private sealed class EndlessException : Exception;
}
