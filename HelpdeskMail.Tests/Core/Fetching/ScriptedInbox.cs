using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using HelpdeskMail.Mail.Transport;
using HelpdeskMail.Tests.Mail.Transport;

namespace HelpdeskMail.Tests.Core.Fetching;

/// <summary>An IMAP server with one folder, whose IDLE is as bad as a test wants it.</summary>
internal sealed partial class ScriptedInbox : IAsyncDisposable
{
    private readonly ScriptedServer server;
    private readonly List<string> mails = [];
    private int sessions;
    private TaskCompletionSource came = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ScriptedInbox() => server = new ScriptedServer(PlayAsync);

    public string Capabilities { get; init; } = "IMAP4rev1 IDLE";

    /// <summary>What the server does with IDLE, until it is over; false hangs up.</summary>
    public Func<Idling, Task<bool>> Idle { get; init; } = async idling =>
    {
        await idling.BeginAsync();
        await idling.DoneOrMailAsync();
        await idling.TellAsync();
        await idling.DoneAsync();
        return await idling.EndAsync();
    };

    public MailEndpoint Endpoint => server.Endpoint();

    public int Sessions => Volatile.Read(ref sessions);

    public void Deliver(string raw)
    {
        lock (mails) mails.Add(raw.ReplaceLineEndings("\r\n"));
        came.TrySetResult();
    }

    public int Heard(string command)
    {
        lock (server.Heard) return server.Heard.Count(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..].StartsWith(command, StringComparison.Ordinal));
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task PlayAsync(ScriptedPeer peer)
    {
        Interlocked.Increment(ref sessions);
        await peer.SayAsync($"* OK [CAPABILITY {Capabilities}] ready\r\n");
        while (await peer.HearAsync() is { } line)
        {
            var (tag, command) = (line.Split(' ')[0], line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            if (command == "IDLE")
            {
                if (!await Idle(new Idling(this, peer, tag))) return;
                continue;
            }
            await peer.SayAsync(Encoding.Latin1.GetBytes(Answer(command).Replace("TAG", tag, StringComparison.Ordinal)));
            if (command == "LOGOUT") return;
        }
    }

    private string Answer(string command)
    {
        lock (mails)
        {
            return command.Split(' ') switch
            {
                ["SELECT", ..] => $"* FLAGS (\\Seen)\r\n* {mails.Count} EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT {mails.Count + 1}] ok\r\nTAG OK [READ-WRITE] selected\r\n",
                ["UID", "SEARCH", ..] => $"* SEARCH {string.Join(' ', Uids(command))}\r\nTAG OK found\r\n",
                ["UID", "FETCH", var set, ..] => string.Concat(Uids("UID " + set).Select(uid => Fetched(uid, command))) + "TAG OK fetched\r\n",
                ["NOOP"] => $"* {mails.Count} EXISTS\r\nTAG OK\r\n",
                ["LOGOUT"] => "* BYE\r\nTAG OK\r\n",
                _ => "TAG OK\r\n",
            };
        }
    }

    private string Fetched(int uid, string command)
    {
        var raw = mails[uid - 1];
        return command.Contains("BODY", StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $"* {uid} FETCH (UID {uid} BODY[] {{{raw.Length}}}\r\n{raw})\r\n")
            : string.Create(CultureInfo.InvariantCulture, $"* {uid} FETCH (UID {uid} FLAGS () RFC822.SIZE {raw.Length} INTERNALDATE \"01-Nov-2026 10:00:00 +0000\")\r\n");
    }

    /// <summary>Of a set like "UID 2:*" or "UID 1,3:4" in a command; all where it names none.</summary>
    private List<int> Uids(string command)
    {
        var set = UidSet().Match(command) is { Success: true } match ? match.Groups["set"].Value : "1:*";
        return [.. set.Split(',').SelectMany(range =>
        {
            var ends = range.Split(':');
            var last = ends[^1] == "*" ? mails.Count : int.Parse(ends[^1], CultureInfo.InvariantCulture);
            return Enumerable.Range(int.Parse(ends[0], CultureInfo.InvariantCulture), Math.Max(0, last - int.Parse(ends[0], CultureInfo.InvariantCulture) + 1));
        }).Where(uid => uid <= mails.Count)];
    }

    [GeneratedRegex(@"\bUID (?<set>[0-9][0-9:,*]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UidSet();

    /// <summary>One IDLE, step by step.</summary>
    internal sealed class Idling(ScriptedInbox inbox, ScriptedPeer peer, string tag)
    {
        private Task<string?>? line;

        public Task BeginAsync() => peer.SayAsync("+ idling\r\n");

        /// <summary>Until the client says something or hangs up.</summary>
        public Task DoneAsync() => line ??= peer.HearAsync();

        public Task DoneOrMailAsync()
        {
            inbox.came = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return Task.WhenAny(line ??= peer.HearAsync(), inbox.came.Task);
        }

        public Task TellAsync()
        {
            lock (inbox.mails) return peer.SayAsync($"* {inbox.mails.Count} EXISTS\r\n");
        }

        public async Task<bool> EndAsync()
        {
            await peer.SayAsync($"{tag} OK over\r\n");
            return true;
        }

        public async Task<bool> RefuseAsync()
        {
            await peer.SayAsync($"{tag} BAD IDLE? what is that\r\n");
            return true;
        }
    }
}
