using System.Net;
using System.Net.Sockets;

namespace HelpdeskMail.Tests;

/// <summary>Stands before a server of the rig and cuts every connection after so many bytes of the server's.</summary>
public sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly int target;
    private readonly Func<long> budget;
    private readonly Task accepting;

    /// <param name="target">The server's port.</param>
    /// <param name="budget">Asked for each connection: bytes until the cut.</param>
    public CuttingProxy(int target, Func<long> budget)
    {
        (this.target, this.budget) = (target, budget);
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Cuts { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true) connections.Add(PassAsync(await listener.AcceptTcpClientAsync(stop.Token)));
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // Disposed.
        }
        await Task.WhenAll(connections);
    }

    private async Task PassAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, target, stop.Token);
                var (near, far) = (client.GetStream(), server.GetStream());
                await Task.WhenAny(PumpAsync(near, far, long.MaxValue), PumpAsync(far, near, budget()));
            }
            catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
            {
                // One of the two has gone.
            }
            if (client.Connected) client.Client.LingerState = new LingerOption(true, 0); // a reset, as of a line that breaks
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, long left)
    {
        var buffer = new byte[16 * 1024];
        while (left > 0)
        {
            var read = await from.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), stop.Token);
            if (read == 0) return;
            await to.WriteAsync(buffer.AsMemory(0, read), stop.Token);
            left -= read;
        }
        Cuts++;
    }
}
