using System.Net;
using System.Net.Sockets;
using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Tests.Mail.Transport;

/// <summary>A server on a free port that plays one script per connection, if need be only its first so many bytes.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<ScriptedPeer, Task> _script;
    private readonly Task _accepting;

    public ScriptedServer(Func<ScriptedPeer, Task> script, int sendAtMost = int.MaxValue)
    {
        _script = script;
        SendAtMost = sendAtMost;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int SendAtMost { get; set; }

    /// <summary>Every line that clients sent, over all connections.</summary>
    public List<string> Heard { get; } = [];

    /// <summary>How much the last connection's script has sent, or would have sent.</summary>
    public int Sent { get; set; }

    public MailEndpoint Endpoint(ConnectionSecurity security = ConnectionSecurity.None) =>
        new("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port, security);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                client.NoDelay = true;
                await using var peer = new ScriptedPeer(this, client.GetStream(), _stop.Token);
                try
                {
                    await _script(peer);
                }
                catch (Exception error) when (error is IOException or ObjectDisposedException)
                {
                    // The client hung up, or the script's bytes are used up: both are what the test is about.
                }
            }
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // Stopped.
        }
    }
}
