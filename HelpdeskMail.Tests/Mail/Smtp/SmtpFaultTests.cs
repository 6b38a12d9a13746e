using HelpdeskMail.Mail.Smtp;
using HelpdeskMail.Mail.Transport;
using HelpdeskMail.Mail.Transport.Sasl;
using HelpdeskMail.Tests.Mail.Transport;
using Xunit;

namespace HelpdeskMail.Tests.Mail.Smtp;

public sealed class SmtpFaultTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);
    private static readonly byte[] Message = "Subject: x\r\n\r\nbody\r\n"u8.ToArray();
    private static readonly string[] TwoPeople = ["one@example.org", "two@example.org"];

    [Fact]
    public async Task Send_ConnectionDropsAtEveryByte_NobodyIsEverLeftUndecided()
    {
        await using var server = new ScriptedServer(peer => PlayAsync(peer, Friendly));
        Assert.True((await SendAsync(server)).AllAccepted);
        var whole = server.Sent;
        var beforeDot = whole - "250 2.0.0 queued as 1\r\n".Length;

        for (var at = 0; at < whole; at++)
        {
            server.SendAtMost = at;
            SmtpSendResult result;
            try
            {
                result = await SendAsync(server).WaitAsync(Bound);
            }
            catch (MailProtocolException fault)
            {
                Assert.Equal(MailFaultKind.Disconnected, fault.Kind);
                continue;
            }

            // Up to the answer "354" nothing can have been delivered; behind it the message was complete and nobody knows.
            Assert.NotNull(result.Fault);
            Assert.All(result.Recipients, recipient => Assert.Equal(at < beforeDot ? RecipientState.Deferred : RecipientState.Uncertain, recipient.State));
        }
    }

    [Theory]
    [InlineData("RCPT TO:<two@example.org>", "550 5.1.1 no such user", RecipientState.Accepted, RecipientState.Failed)]
    [InlineData("RCPT TO:<two@example.org>", "451 4.7.1 greylisted, try again", RecipientState.Accepted, RecipientState.Deferred)]
    [InlineData("RCPT TO:<two@example.org>", "452 4.5.3 too many recipients", RecipientState.Accepted, RecipientState.Deferred)]
    [InlineData("MAIL FROM:", "553 5.1.8 not your address", RecipientState.Failed, RecipientState.Failed)]
    [InlineData("DATA", "554 5.5.1 no valid recipients", RecipientState.Failed, RecipientState.Failed)]
    [InlineData(".", "554 5.7.1 looks like spam", RecipientState.Failed, RecipientState.Failed)]
    [InlineData(".", "452 4.3.1 disk full", RecipientState.Deferred, RecipientState.Deferred)]
    [InlineData("MAIL FROM:", "421 4.3.2 shutting down", RecipientState.Deferred, RecipientState.Deferred)]
    public async Task Send_ServerRefuses_EachRecipientHasItsAnswerVerbatim(string to, string answer, RecipientState one, RecipientState two)
    {
        foreach (var pipelining in (bool[])[false, true])
        {
            await using var server = new ScriptedServer(peer => PlayAsync(peer, line => line.StartsWith(to, StringComparison.Ordinal) ? answer + "\r\n"
                : line.StartsWith("EHLO", StringComparison.Ordinal) && pipelining ? "250-hello\r\n250 PIPELINING\r\n" : Friendly(line)));
            var result = await SendAsync(server);

            Assert.Equal((one, two), (result.Recipients[0].State, result.Recipients[1].State));
            Assert.Equal(answer, result.Recipients[1].Answer!.ToString());
            Assert.Equal(answer.Split(' ')[1], result.Recipients[1].Refusal!.EnhancedStatus);
            Assert.Null(result.Fault);
        }
    }

    [Fact]
    public async Task Send_AfterARefusedTransaction_TheConnectionTakesTheNext()
    {
        await using var server = new ScriptedServer(peer => PlayAsync(peer, line => line.StartsWith("RCPT TO:<bad", StringComparison.Ordinal) ? "550 no\r\n" : Friendly(line)));
        await using var client = await SmtpClient.ConnectAsync(server.Endpoint());
        await client.SendAsync(new SmtpEnvelope("me@example.org", ["bad@example.org"]), Message);
        Assert.True((await client.SendAsync(new SmtpEnvelope("me@example.org", TwoPeople), Message)).AllAccepted);
        Assert.Contains("RSET", server.Heard, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Send_CancelledWhileTheServerConfirms_IsUncertain()
    {
        using var cancel = new CancellationTokenSource();
        await using var server = new ScriptedServer(peer => PlayAsync(peer, line =>
        {
            if (line != ".")
                return Friendly(line);
            cancel.Cancel();
            return "";
        }));
        await using var client = await SmtpClient.ConnectAsync(server.Endpoint());
        var result = await client.SendAsync(new SmtpEnvelope("me@example.org", TwoPeople), Message, cancel.Token).WaitAsync(Bound);
        Assert.All(result.Recipients, recipient => Assert.Equal(RecipientState.Uncertain, recipient.State));
        Assert.False(client.IsConnected);
    }

    [Theory]
    [InlineData("a@example.org>\r\nRCPT TO:<victim@example.org")]
    [InlineData("a b@example.org")]
    [InlineData("<a@example.org>")]
    [InlineData("a@example.org\0")]
    [InlineData("example.org")]
    [InlineData("@example.org")]
    [InlineData("a@")]
    [InlineData("")]
    public async Task Send_AddressThatCouldEndTheCommand_IsNeverSent(string address)
    {
        await using var server = new ScriptedServer(peer => PlayAsync(peer, Friendly));
        await using var client = await SmtpClient.ConnectAsync(server.Endpoint());
        var result = await client.SendAsync(new SmtpEnvelope("me@example.org", [address]), Message);
        Assert.Equal(RecipientState.Failed, Assert.Single(result.Recipients).State);
        Assert.DoesNotContain(server.Heard, line => line.StartsWith("RCPT", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("jürgen@example.org", "", RecipientState.Failed, null)]
    [InlineData("jürgen@example.org", "SMTPUTF8", RecipientState.Accepted, "RCPT TO:<jürgen@example.org>")]
    [InlineData("info@bücher.example", "", RecipientState.Accepted, "RCPT TO:<info@xn--bcher-kva.example>")]
    [InlineData("\"odd one\"@example.org", "", RecipientState.Accepted, "RCPT TO:<\"odd one\"@example.org>")]
    [InlineData("root@[192.0.2.1]", "", RecipientState.Accepted, "RCPT TO:<root@[192.0.2.1]>")]
    public async Task Send_UnusualAddress_GoesAsTheServerCanTakeIt(string address, string extension, RecipientState state, string? line)
    {
        await using var server = new ScriptedServer(peer => PlayAsync(peer, heard => heard.StartsWith("EHLO", StringComparison.Ordinal) && extension.Length > 0 ? $"250-hello\r\n250 {extension}\r\n" : Friendly(heard)));
        await using var client = await SmtpClient.ConnectAsync(server.Endpoint());
        var result = await client.SendAsync(new SmtpEnvelope("me@example.org", [address]), Message);
        Assert.Equal(state, Assert.Single(result.Recipients).State);
        Assert.Equal(line, server.Heard.Find(heard => heard.StartsWith("RCPT", StringComparison.Ordinal)));
        Assert.Equal(extension == "SMTPUTF8", server.Heard.Contains("MAIL FROM:<me@example.org> SMTPUTF8", StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("a\nb\rc\r\nd", "a\r\nb\r\nc\r\nd\r\n")]
    [InlineData(".", "..\r\n")]
    [InlineData("a\n.\nMAIL FROM:<x>\n", "a\r\n..\r\nMAIL FROM:<x>\r\n")]
    [InlineData("a\r.\r\n", "a\r\n..\r\n")]
    [InlineData("", "")]
    public void Data_BareLineEndsAndDots_CannotSmuggleASecondMessage(string message, string expected)
    {
        var encoder = new SmtpDataEncoder(System.Text.Encoding.ASCII.GetBytes(message));
        var sent = string.Concat(encoder.Blocks().Select(block => System.Text.Encoding.ASCII.GetString(block.Span))) + System.Text.Encoding.ASCII.GetString(encoder.FinalDot.Span);
        Assert.Equal(expected + ".\r\n", sent);
    }

    [Fact]
    public void Data_AnyMessage_ComesBackWhenTheDotsAreTakenOut()
    {
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var lines = Enumerable.Range(0, random.Next(400)).Select(_ => new string(random.Next(3) == 0 ? '.' : 'x', random.Next(4) == 0 ? random.Next(90_000) : random.Next(80))).ToList();
            var message = string.Concat(lines.Select(line => line + "\r\n"));
            var encoder = new SmtpDataEncoder(System.Text.Encoding.ASCII.GetBytes(message));
            var sent = string.Concat(encoder.Blocks().Select(block => System.Text.Encoding.ASCII.GetString(block.Span))) + System.Text.Encoding.ASCII.GetString(encoder.FinalDot.Span);
            var back = string.Concat(sent[..^3].Split("\r\n").Select(line => (line.StartsWith('.') ? line[1..] : line) + "\r\n"))[..^2];
            Assert.True(message == back, $"round {round}");
            if (lines.Sum(line => line.Length) > 2_000_000)
                round += 10;
        }
    }

    [Theory]
    [InlineData("* OK IMAP4 ready\r\n")]
    [InlineData("hello\r\n")]
    [InlineData("999 what\r\n")]
    [InlineData("220x\r\n")]
    public async Task Greeting_NotSmtp_SaysSo(string greeting)
    {
        await using var server = new ScriptedServer(async peer => { await peer.SayAsync(greeting); await peer.HearAsync(); });
        Assert.Equal(MailFaultKind.Malformed, (await Assert.ThrowsAsync<MailProtocolException>(() => SmtpClient.ConnectAsync(server.Endpoint()).WaitAsync(Bound))).Kind);
    }

    [Fact]
    public async Task Greeting_ServerIsFull_IsARefusalForLater()
    {
        await using var server = new ScriptedServer(peer => peer.SayAsync("421 4.7.0 too many connections from you\r\n"));
        var refused = await Assert.ThrowsAsync<MailRefusedException>(() => SmtpClient.ConnectAsync(server.Endpoint()));
        Assert.Equal((RefusalKind.Unavailable, false, "4.7.0"), (refused.Refusal.Kind, refused.Refusal.IsPermanent, refused.Refusal.EnhancedStatus));
    }

    [Fact]
    public async Task Reply_ThatNeverEnds_IsGivenUp()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            while (true)
                await peer.SayAsync("220-and another line\r\n");
        });
        Assert.Equal(MailFaultKind.Malformed, (await Assert.ThrowsAsync<MailProtocolException>(() => SmtpClient.ConnectAsync(server.Endpoint()).WaitAsync(Bound))).Kind);
    }

    [Fact]
    public async Task StartTls_NotOfferedOrInjected_SendsNoSecret()
    {
        await using var without = new ScriptedServer(peer => PlayAsync(peer, Friendly));
        Assert.Equal(MailFaultKind.TlsNotOffered, (await Assert.ThrowsAsync<MailProtocolException>(() => SmtpClient.ConnectAsync(without.Endpoint(ConnectionSecurity.StartTls)))).Kind);
        await using var injected = new ScriptedServer(peer => PlayAsync(peer, line => line == "STARTTLS" ? "220 go\r\n250 AUTH PLAIN\r\n" : "250-hello\r\n250 STARTTLS\r\n"));
        Assert.Equal(MailFaultKind.TlsFailed, (await Assert.ThrowsAsync<MailProtocolException>(() => SmtpClient.ConnectAsync(injected.Endpoint(ConnectionSecurity.StartTls)))).Kind);
    }

    [Theory]
    [InlineData("535 5.7.8 wrong", RefusalKind.AuthenticationFailed, true)]
    [InlineData("534 5.7.9 application-specific password required", RefusalKind.AuthenticationFailed, true)]
    [InlineData("454 4.7.0 temporary authentication failure", RefusalKind.Unavailable, false)]
    public async Task Login_Refused_IsReadRight(string answer, RefusalKind kind, bool permanent)
    {
        await using var server = new ScriptedServer(peer => PlayAsync(peer, line => line.StartsWith("AUTH", StringComparison.Ordinal) ? answer + "\r\n" : "250-hello\r\n250-AUTH=LOGIN\r\n250 AUTH PLAIN\r\n"));
        await using var client = await SmtpClient.ConnectAsync(server.Endpoint());
        var refused = await Assert.ThrowsAsync<MailRefusedException>(() => client.LoginAsync(new MailCredentials.Password("me", "secret")));
        Assert.Equal((kind, permanent), (refused.Refusal.Kind, refused.Refusal.IsPermanent));
    }

    private static async Task<SmtpSendResult> SendAsync(ScriptedServer server)
    {
        await using var client = await SmtpClient.ConnectAsync(server.Endpoint());
        return await client.SendAsync(new SmtpEnvelope("me@example.org", TwoPeople), Message);
    }

    private static string Friendly(string line) => line switch
    {
        _ when line.StartsWith("EHLO", StringComparison.Ordinal) => "250-mail.example.org\r\n250-SIZE 1000000\r\n250 ENHANCEDSTATUSCODES\r\n",
        "DATA" => "354 go\r\n",
        "." => "250 2.0.0 queued as 1\r\n",
        _ => "250 2.1.0 ok\r\n",
    };

    /// <summary>Answers every command, and a whole message as the command ".".</summary>
    private static async Task PlayAsync(ScriptedPeer peer, Func<string, string> answer)
    {
        await peer.SayAsync("220 mail.example.org ESMTP\r\n");
        while (await peer.HearAsync() is { } line)
        {
            var reply = answer(line);
            await peer.SayAsync(reply);
            if (line != "DATA" || !reply.StartsWith("354", StringComparison.Ordinal))
                continue;
            while (await peer.HearAsync() is { } data && data != ".")
            {
            }

            await peer.SayAsync(answer("."));
        }
    }
}
