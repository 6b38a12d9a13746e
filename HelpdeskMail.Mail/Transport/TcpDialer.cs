using System.Net;
using System.Net.Sockets;

namespace HelpdeskMail.Mail.Transport;

/// <summary>Resolves a name and connects to the first of its addresses that answers, IPv6 and IPv4 in turns (RFC 8305).</summary>
internal static class TcpDialer
{
    /// <summary>RFC 8305 §5 "Connection Attempt Delay".</summary>
    private static readonly TimeSpan AttemptDelay = TimeSpan.FromMilliseconds(250);

    public static async Task<IPAddress[]> ResolveAsync(string host, TransportOptions options, CancellationToken ct)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var literal))
            return [literal];

        using var deadline = new CancellationTokenSource(options.Deadlines.Resolve, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            // The system's resolver may ignore the token while it waits: WaitAsync does not.
            var found = await System.Net.Dns.GetHostAddressesAsync(host, either.Token).WaitAsync(either.Token);
            if (found.Length > 0)
                return Interleave(found);
            throw new MailProtocolException(MailFaultKind.ResolveFailed, $"The server name {host} is known but has no address.");
        }
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            var text = error is SocketException { SocketErrorCode: SocketError.TryAgain }
                ? $"The name service could not be asked for {host} just now: {error.Message}."
                : $"No server called {host} is known: {error.Message}. Check the spelling of the server name.";
            throw new MailProtocolException(MailFaultKind.ResolveFailed, text, error);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new MailProtocolException(MailFaultKind.ResolveFailed,
                $"The name service did not answer for {host} within {options.Deadlines.Resolve.TotalSeconds:0} seconds.");
        }
    }

    /// <param name="failed">Filled with the addresses that refused, each with why; they are noted in the trace, too.</param>
    public static async Task<Socket> ConnectAsync(MailEndpoint endpoint, IPAddress[] addresses, TransportOptions options, List<string> failed, CancellationToken ct)
    {
        var names = new Dictionary<Task<Socket>, IPAddress>();
        using var deadline = new CancellationTokenSource(options.Deadlines.Connect, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        var attempts = new List<Task<Socket>>();
        SocketException? failure = null;
        var next = 0;
        try
        {
            while (next < addresses.Length || attempts.Count > 0)
            {
                if (next < addresses.Length)
                {
                    var attempt = DialAsync(new IPEndPoint(addresses[next], endpoint.Port), either.Token);
                    names[attempt] = addresses[next++];
                    attempts.Add(attempt);
                }

                var waits = new List<Task>(attempts);
                if (next < addresses.Length)
                    waits.Add(Task.Delay(AttemptDelay, options.Time, either.Token));
                if (await Task.WhenAny(waits) is not Task<Socket> finished)
                    continue;

                attempts.Remove(finished);
                try
                {
                    return await finished;
                }
                catch (SocketException error)
                {
                    failure ??= error;
                    failed.Add($"{names[finished]}: {error.Message}");
                    options.Trace?.Note($"no connection to {names[finished]}: {error.Message}");
                }
            }

            throw Explain(endpoint, failure!);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new MailProtocolException(MailFaultKind.ConnectTimeout,
                $"No connection to {endpoint} within {options.Deadlines.Connect.TotalSeconds:0} seconds. The port may be closed by a firewall, or the server name or port may be wrong.");
        }
        finally
        {
            await either.CancelAsync();
            foreach (var late in attempts)
                _ = late.ContinueWith(static task => { if (task.IsCompletedSuccessfully) task.Result.Dispose(); else _ = task.Exception; }, TaskScheduler.Default);
        }
    }

    private static async Task<Socket> DialAsync(IPEndPoint address, CancellationToken ct)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, ct);
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static IPAddress[] Interleave(IPAddress[] found)
    {
        var six = found.Where(address => address.AddressFamily == AddressFamily.InterNetworkV6).ToArray();
        var four = found.Where(address => address.AddressFamily == AddressFamily.InterNetwork).ToArray();
        return [.. Enumerable.Range(0, Math.Max(six.Length, four.Length)).SelectMany(i => six.Skip(i).Take(1).Concat(four.Skip(i).Take(1)))];
    }

    private static MailProtocolException Explain(MailEndpoint endpoint, SocketException error) => error.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => new(MailFaultKind.ConnectRefused,
            $"{endpoint.Host} answers, but nothing listens on port {endpoint.Port}. Check the port, and that the service is switched on.", error),
        SocketError.TimedOut => new(MailFaultKind.ConnectTimeout, $"No connection to {endpoint}: {error.Message}.", error),
        _ => new(MailFaultKind.ConnectFailed, $"No connection to {endpoint}: {error.Message}.", error),
    };
}
