using System.Text;
using HelpdeskMail.Mail.Imap;
using HelpdeskMail.Mail.Pop3;
using HelpdeskMail.Mail.Smtp;
using HelpdeskMail.Mail.Transport;
using HelpdeskMail.Mail.Transport.Sasl;
using Xunit;

namespace HelpdeskMail.Tests.Mail.Transport;

/// <summary>Every form in which a secret can pass over the wire, each with a server that echoes whatever it hears.</summary>
public sealed class ProtocolTraceTests
{
    private const string Secret = "Tr0ub4dor \"&3\\ü";
    private static readonly MailCredentials Password = new MailCredentials.Password("me@example.org", Secret);
    private static readonly MailCredentials Token = new MailCredentials.AccessToken("me@example.org", "ya29.A0ARrdaM-secret");

    [Theory]
    [InlineData("LOGIN")]
    [InlineData("LOGIN literal")]
    [InlineData("PLAIN")]
    [InlineData("PLAIN SASL-IR")]
    [InlineData("SASL LOGIN")]
    [InlineData("XOAUTH2")]
    [InlineData("XOAUTH2 SASL-IR")]
    [InlineData("OAUTHBEARER")]
    public async Task Imap_NoFormOfTheSecret_IsInTheTrace(string form)
    {
        var capabilities = form.EndsWith("SASL-IR", StringComparison.Ordinal) ? "IMAP4rev1 SASL-IR" : form == "LOGIN" ? "IMAP4rev1 LITERAL+" : "IMAP4rev1";
        await using var server = new ScriptedServer(peer => EchoAsync(peer, $"* OK [CAPABILITY {capabilities}] ready\r\n", "+ \r\n", "BAD"));
        await using var client = await ImapClient.ConnectAsync(server.Endpoint());
        var mechanism = form.Replace(" SASL-IR", "", StringComparison.Ordinal).Replace("SASL ", "", StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<MailException>(() => form.StartsWith("LOGIN", StringComparison.Ordinal)
            ? client.PlainLoginAsync((MailCredentials.Password)Password)
            : client.AuthenticateAsync(mechanism, mechanism.Contains("OAUTH", StringComparison.Ordinal) ? Token : Password));
        AssertSentAndHidden(server, client.Trace);
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    [InlineData("XOAUTH2")]
    [InlineData("OAUTHBEARER")]
    public async Task Smtp_NoFormOfTheSecret_IsInTheTrace(string mechanism)
    {
        await using var server = new ScriptedServer(peer => EchoAsync(peer, "220 ready\r\n", "334 \r\n", "535"));
        await using var client = await SmtpClient.ConnectAsync(server.Endpoint());
        await Assert.ThrowsAnyAsync<MailException>(() => client.AuthenticateAsync(mechanism, mechanism.Contains("OAUTH", StringComparison.Ordinal) ? Token : Password));
        AssertSentAndHidden(server, client.Trace);
    }

    [Theory]
    [InlineData("PASS")]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    [InlineData("XOAUTH2")]
    [InlineData("OAUTHBEARER")]
    public async Task Pop3_NoFormOfTheSecret_IsInTheTrace(string mechanism)
    {
        await using var server = new ScriptedServer(peer => EchoAsync(peer, "+OK ready\r\n", "+ \r\n", "-ERR"));
        await using var client = await Pop3Client.ConnectAsync(server.Endpoint());
        await Assert.ThrowsAnyAsync<MailException>(() => mechanism == "PASS"
            ? client.UserPassAsync((MailCredentials.Password)Password)
            : client.AuthenticateAsync(mechanism, mechanism.Contains("OAUTH", StringComparison.Ordinal) ? Token : Password));
        AssertSentAndHidden(server, client.Trace);
    }

    [Fact]
    public void Credentials_Printed_ShowNoSecret()
    {
        Assert.DoesNotContain(Secret, $"{Password} {new { Password }}", StringComparison.Ordinal);
        Assert.DoesNotContain("ya29", $"{Token}", StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_MoreThanKept_LeavesOutTheMiddleAndSaysSo()
    {
        var trace = new ProtocolTrace();
        for (var i = 0; i < 10_000; i++)
            trace.Sent($"line {i}");
        Assert.Equal("C: line 0", trace.Lines[0].ToString());
        Assert.Equal("C: line 9999", trace.Lines[^1].ToString());
        Assert.Equal(401, trace.Lines.Count);
        Assert.Contains(trace.Lines, line => line.ToString() == "-- (9600 lines left out)");
    }

    [Fact]
    public void Line_SecretAcrossTheCut_IsMaskedAsAWhole()
    {
        var trace = new ProtocolTrace();
        trace.Protect("hunter2hunter2");
        trace.Received(Encoding.ASCII.GetBytes(new string('x', 995) + "hunter2hunter2"));
        Assert.DoesNotContain("hunter2", trace.Lines[0].Text, StringComparison.Ordinal);
    }

    /// <summary>The secret did go out, else the test proves nothing; and no encoding of it stands in the trace.</summary>
    private static void AssertSentAndHidden(ScriptedServer server, ProtocolTrace trace)
    {
        var secret = server.Heard.Exists(line => Forms("ya29.A0ARrdaM-secret").Any(form => line.Contains(form, StringComparison.Ordinal))) ? "ya29.A0ARrdaM-secret" : Secret;
        Assert.Contains(server.Heard, line => Forms(secret).Any(form => line.Contains(form, StringComparison.Ordinal)));
        foreach (var line in trace.Lines)
        {
            foreach (var form in Forms(secret))
                Assert.DoesNotContain(form, line.Text, StringComparison.Ordinal);
        }

        Assert.Contains(trace.Lines, line => line.Text.Contains("********", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Forms(string secret)
    {
        yield return secret;
        yield return secret.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        // Inside a longer base64 text it can begin at any of three offsets; its middle is then the same.
        for (var offset = 0; offset < 3; offset++)
        {
            var bytes = new byte[offset].Concat(Encoding.UTF8.GetBytes(secret)).ToArray();
            yield return Convert.ToBase64String(bytes)[(offset == 0 ? 0 : 4)..^4];
        }
    }

    /// <summary>Asks for everything there is to say, then refuses and repeats it all, as a careless server does.</summary>
    private static async Task EchoAsync(ScriptedPeer peer, string greeting, string goOn, string refusal)
    {
        await peer.SayAsync(greeting);
        var heard = "";
        var tag = "";
        while (await peer.HearAsync() is { } line)
        {
            if (line.StartsWith("EHLO", StringComparison.Ordinal) || line == "CAPA")
            {
                await peer.SayAsync(line == "CAPA" ? "-ERR\r\n" : "250 hello\r\n");
                continue;
            }

            if (line.StartsWith("USER", StringComparison.Ordinal))
            {
                await peer.SayAsync("+OK\r\n");
                continue;
            }

            if (heard.Length == 0 && greeting.StartsWith('*'))
                tag = line.Split(' ')[0] + " ";
            heard += " " + line;
            var more = line.EndsWith('}') || (heard.Split(' ').Length < 6 && !heard.Contains("PASS", StringComparison.Ordinal) && !heard.Contains(" LOGIN \"", StringComparison.Ordinal) && peer.Rounds++ < 2);
            await peer.SayAsync(more ? goOn : $"{tag}{refusal} I don't understand:{heard}\r\n");
        }
    }
}
