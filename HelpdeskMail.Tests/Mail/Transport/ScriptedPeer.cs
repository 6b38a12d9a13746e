using System.Net.Sockets;
using System.Text;

namespace HelpdeskMail.Tests.Mail.Transport;

/// <summary>The script's end of one connection.</summary>
internal sealed class ScriptedPeer(ScriptedServer server, NetworkStream stream, CancellationToken stop) : IAsyncDisposable
{
    private readonly StreamReader _reader = new(stream, Encoding.UTF8, false, 4096, leaveOpen: true);
    private int _sent;

    public CancellationToken Stop => stop;

    /// <summary>For scripts that count.</summary>
    public int Rounds { get; set; }

    public Task SayAsync(string text) => SayAsync(Encoding.UTF8.GetBytes(text));

    public async Task SayAsync(byte[] bytes)
    {
        var room = Math.Min(bytes.Length, server.SendAtMost - _sent);
        _sent += bytes.Length;
        server.Sent = _sent;
        await stream.WriteAsync(bytes.AsMemory(0, Math.Max(room, 0)), stop);
        if (room < bytes.Length)
            throw new IOException("the script ends here");
    }

    /// <summary>Null when the client has hung up.</summary>
    public async Task<string?> HearAsync()
    {
        var line = await _reader.ReadLineAsync(stop);
        if (line is not null)
        {
            lock (server.Heard)
                server.Heard.Add(line);
        }

        return line;
    }

    public async Task HearExactlyAsync(int characters)
    {
        var buffer = new char[characters];
        var read = await _reader.ReadBlockAsync(buffer, stop);
        lock (server.Heard)
            server.Heard.Add(new string(buffer, 0, read));
    }

    /// <summary>Plays IMAP: answers every command by what <paramref name="answer"/> makes of it; "TAG" stands for the command's tag.</summary>
    public async Task PlayImapAsync(string greeting, Func<string, string> answer)
    {
        await SayAsync(greeting);
        while (await HearAsync() is { } line)
        {
            var tag = line.Split(' ')[0];
            await SayAsync(answer(line[(tag.Length + 1)..]).Replace("TAG", tag, StringComparison.Ordinal));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await stream.DisposeAsync();
    }
}
