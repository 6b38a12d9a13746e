using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using HelpdeskMail.Mail.Imap;
using HelpdeskMail.Mail.Imap.Commands;
using HelpdeskMail.Mail.Imap.Wire;
using HelpdeskMail.Mail.Pop3;
using HelpdeskMail.Mail.Smtp;
using HelpdeskMail.Mail.Transport;
using HelpdeskMail.Tests.Mail.Transport;
using Xunit;

namespace HelpdeskMail.Tests.Mail.ProtocolCorpus;

/// <summary>
/// Recorded sessions with real servers (Dovecot, Exchange, Yahoo, Zoho, Comcast and others): every answer of theirs is read to its last
/// byte. What the recordings ask for goes beyond what our clients ask; an answer to it must not disturb them either.
/// </summary>
public sealed partial class RecordedSessionTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    [CorpusFact]
    public async Task Imap_EveryRecordedAnswer_IsRead()
    {
        var failures = new List<string>();
        var answers = 0;
        foreach (var session in Sessions("imap"))
        {
            foreach (var reply in session.Replies)
            {
                answers++;
                if (await ReadImapAsync(reply) is { } failure)
                    failures.Add($"{session.Name}: {failure}: {Shorten(reply)}");
            }
        }

        Assert.True(answers > 300, $"only {answers} answers");
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    [CorpusFact]
    public async Task Pop3_EveryRecordedAnswer_IsRead()
    {
        var failures = new List<string>();
        var answers = 0;
        foreach (var session in Sessions("pop3"))
        {
            foreach (var reply in session.Replies)
            {
                answers++;
                await using var server = new ScriptedServer(async peer => { await peer.SayAsync(reply); await peer.HearAsync(); });
                await using var connection = await MailConnection.OpenAsync(server.Endpoint(), TransportOptions.Default, default);
                var pop3 = new Pop3Session(connection, TransportOptions.Default);
                var error = await Record.ExceptionAsync(async () =>
                {
                    if (reply.StartsWith("+ ", StringComparison.Ordinal))
                        await pop3.ReadAuthAsync(default).WaitAsync(Bound);
                    else
                        await pop3.ReadStatusAsync("it", default);
                    // The message of a recording is in its own file and ends with the dot like every other.
                    if (reply.EndsWith("\r\n.\r\n", StringComparison.Ordinal))
                        Assert.NotNull(await pop3.ReadMessageAsync(100, 10_000_000, default).WaitAsync(Bound));
                    Assert.Equal(0, connection.Buffered);
                });
                if (error is not null)
                    failures.Add($"{session.Name}: {error.Message}: {Shorten(reply)}");
            }
        }

        Assert.True(answers > 50, $"only {answers} answers");
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    [CorpusFact]
    public async Task Smtp_EveryRecordedAnswer_IsRead()
    {
        var failures = new List<string>();
        var answers = 0;
        foreach (var session in Sessions("smtp"))
        {
            foreach (var reply in session.Replies)
            {
                answers++;
                await using var server = new ScriptedServer(async peer => { await peer.SayAsync(reply); await peer.HearAsync(); });
                await using var connection = await MailConnection.OpenAsync(server.Endpoint(), TransportOptions.Default, default);
                var error = await Record.ExceptionAsync(async () =>
                {
                    // Several, where the commands were pipelined.
                    var lines = reply.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length;
                    for (var read = 0; read < lines;)
                    {
                        var answer = await SmtpReplyReader.ReadAsync(connection, Deadline.For("answer", Bound), default);
                        read += answer.Lines.Count;
                        Assert.Contains(answer.Lines[^1], reply, StringComparison.Ordinal);
                    }

                    Assert.Equal(0, connection.Buffered);
                });
                if (error is not null)
                    failures.Add($"{session.Name}: {error.Message}: {Shorten(reply)}");
            }
        }

        Assert.True(answers > 100, $"only {answers} answers");
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    /// <summary>Gives the answer to a command that reads everything we can read; null when all of it was taken.</summary>
    private static async Task<string?> ReadImapAsync(string reply)
    {
        // Where the recording's answer doesn't end the command, we do: reading up to here then proves that all before was read.
        const string end = "A0001 OK end\r\n";
        var text = Tag().Replace(reply, "A0001");
        var greeting = !text.Contains("A0001 ", StringComparison.Ordinal) && (text.StartsWith("* OK", StringComparison.Ordinal) || text.StartsWith("* PREAUTH", StringComparison.Ordinal) || text.StartsWith("* BYE", StringComparison.Ordinal) || text.StartsWith("* INVALID", StringComparison.Ordinal));
        await using var server = new ScriptedServer(async peer =>
        {
            if (!greeting)
                await peer.HearAsync();
            await peer.SayAsync(text + (Completed().IsMatch(text) ? "" : end));
            await peer.HearAsync();
        });
        await using var connection = await MailConnection.OpenAsync(server.Endpoint(), TransportOptions.Default, default);
        var session = new ImapSession(connection, new TransportOptions { MaxMessageBytes = 10_000_000 });
        try
        {
            if (greeting && !text.StartsWith("* BYE Autologout", StringComparison.Ordinal))
            {
                await session.ReadGreetingAsync(default).WaitAsync(Bound);
                return null;
            }

            var command = new EverythingCommand();
            await session.StartAsync(command, default).WaitAsync(Bound);
            await session.CompleteAsync(command, default).WaitAsync(Bound);
            return connection.Buffered == 0 || text.Contains("\r\nA0001 ", StringComparison.Ordinal) ? null : $"{connection.Buffered} bytes left over";
        }
        catch (MailProtocolException fault) when (text.StartsWith("* BYE", StringComparison.Ordinal) && fault.Kind == MailFaultKind.Disconnected && fault.ServerText is not null)
        {
            return null;
        }
        catch (MailProtocolException fault) when (text.StartsWith("* INVALID", StringComparison.Ordinal) && fault.Kind == MailFaultKind.Malformed)
        {
            return null;
        }
        catch (Exception error) when (error is MailException or TimeoutException)
        {
            return error.Message;
        }
    }

    private static IEnumerable<(string Name, List<string> Replies)> Sessions(string protocol)
    {
        foreach (var line in File.ReadLines(MailCorpus.PathOf("expected/mailkit-sessions-dev.jsonl")))
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.GetProperty("proto").GetString() != protocol)
                continue;
            var replies = json.RootElement.GetProperty("steps").EnumerateArray()
                .Select(step => step.GetProperty("recv").GetString()!)
                // What the recorder took for an answer is a command of the client in a few places, and a token of its own in others.
                .Where(recv => recv.Length > 0 && !ClientLine().IsMatch(recv) && !recv.StartsWith('@'))
                .Select(recv => Text(protocol, recv))
                .ToList();
            yield return (json.RootElement.GetProperty("session").GetString()!, replies);
        }
    }

    /// <summary>A file of the recordings, with the line ends that the wire had; or the text itself.</summary>
    private static string Text(string protocol, string recv)
    {
        var file = MailCorpus.PathOf($"transcripts-{protocol}/jstedfast-MailKit/{recv}");
        var text = recv.EndsWith(".txt", StringComparison.Ordinal) ? File.ReadAllText(file, Encoding.Latin1) : recv;
        text = text.ReplaceLineEndings("\r\n");
        return text.EndsWith("\r\n", StringComparison.Ordinal) ? text : text + "\r\n";
    }

    private static string Shorten(string text) => text.Length > 120 ? text[..120] : text;

    [GeneratedRegex(@"A(#{8}|\d{8})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex(@"^A0001 (OK|NO|BAD)", RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Completed();

    [GeneratedRegex(@"^(A\d{8} (CAPABILITY|UID )|RSET)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ClientLine();

    /// <summary>Parses every untagged response that any of our commands would.</summary>
    private sealed class EverythingCommand : ImapCommand
    {
        private readonly ImapMailboxNames _names = new();
        private readonly UidSearchCommand _search = new(ImapSearch.All, extended: true);

        public override string Name => "EVERYTHING";

        public override void Write(ImapCommandWriter writer) => writer.Keyword(Name);

        public override bool OnUntagged(string keyword, uint number, ref ImapParser parser)
        {
            if (keyword == "FETCH")
            {
                FetchItems.Read(ref parser);
                return parser.AtEnd ? true : throw parser.Expected("end");
            }

            return new ListCommand(_names, "", "*", false).OnUntagged(keyword, number, ref parser)
                || new NamespaceCommand(_names).OnUntagged(keyword, number, ref parser)
                || new IdCommand(new Dictionary<string, string>(StringComparer.Ordinal)).OnUntagged(keyword, number, ref parser)
                || new EnableCommand("X").OnUntagged(keyword, number, ref parser)
                || _search.OnUntagged(keyword, number, ref parser);
        }

        public override void OnCode(string code)
        {
            new SelectCommand("INBOX", false, true).OnCode(code);
            new UidCopyCommand("UID COPY", UidSet.Of(1), "x").OnCode(code);
            new AppendCommand("INBOX", default, [], null).OnCode(code);
        }
    }
}
