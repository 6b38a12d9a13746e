using System.Globalization;
using System.Text;
using HelpdeskMail.Tests.Mail.Transport;

namespace HelpdeskMail.Tests.Core.Fetching;

/// <summary>A POP3 server with the quirks that a test gives it; mails are deleted at QUIT, as they should be.</summary>
internal sealed class ScriptedMaildrop : IAsyncDisposable
{
    private readonly ScriptedServer server;
    private readonly List<string> mails = [];
    private readonly List<string> names = [];
    private int put;

    public ScriptedMaildrop()
    {
        server = new ScriptedServer(PlayAsync);
        Uidl = (_, number) => names[number - 1];
    }

    public int Port => server.Endpoint().Port;

    /// <summary>Of a session (from 1) and a message number in it; null: the server has no UIDL.</summary>
    public Func<int, int, string>? Uidl { get; set; }

    public bool Top { get; set; } = true;

    /// <summary>Another answer to a command; null: the usual one; "" hangs up.</summary>
    public Func<string, string?> Instead { get; set; } = _ => null;

    public int Count => mails.Count;

    public int Sessions { get; private set; }

    /// <summary>How often whole messages were asked for.</summary>
    public int Retrieved => Heard("RETR");

    public void Put(string raw)
    {
        mails.Add(raw.ReplaceLineEndings("\r\n"));
        names.Add(string.Create(CultureInfo.InvariantCulture, $"id{++put}"));
    }

    /// <summary>Somebody else deletes a message, by its number now.</summary>
    public void Remove(int number) => Delete([number]);

    public int Heard(string command)
    {
        lock (server.Heard) return server.Heard.Count(line => line.StartsWith(command, StringComparison.Ordinal));
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task PlayAsync(ScriptedPeer peer)
    {
        var session = ++Sessions;
        var deleted = new HashSet<int>();
        await peer.SayAsync("+OK ready\r\n");
        while (await peer.HearAsync() is { } line)
        {
            var answer = Instead(line) ?? Answer(session, line, deleted);
            if (line == "QUIT") Delete(deleted);
            if (answer.Length == 0) return;
            await peer.SayAsync(Encoding.Latin1.GetBytes(answer));
        }
    }

    private void Delete(HashSet<int> numbers)
    {
        foreach (var number in numbers.OrderDescending())
        {
            mails.RemoveAt(number - 1);
            names.RemoveAt(number - 1);
        }
    }

    private string Answer(int session, string line, HashSet<int> deleted)
    {
        var words = line.Split(' ');
        var number = words.Length > 1 && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        switch (words[0])
        {
            case "CAPA":
                return "+OK\r\nUSER\r\nPIPELINING\r\n.\r\n";
            case "LIST":
                return Listing(of => mails[of - 1].Length.ToString(CultureInfo.InvariantCulture));
            case "UIDL":
                return Uidl is { } name ? Listing(of => name(session, of)) : "-ERR unknown command\r\n";
            case "TOP":
                return Top ? $"+OK\r\n{mails[number - 1][..(mails[number - 1].IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)]}.\r\n" : "-ERR unknown command\r\n";
            case "RETR":
                return $"+OK\r\n{mails[number - 1]}.\r\n";
            case "DELE":
                deleted.Add(number);
                return "+OK\r\n";
            default:
                return "+OK\r\n";
        }
    }

    private string Listing(Func<int, string> value) => $"+OK\r\n{string.Concat(Enumerable.Range(1, mails.Count).Select(number => string.Create(CultureInfo.InvariantCulture, $"{number} {value(number)}\r\n")))}.\r\n";
}
