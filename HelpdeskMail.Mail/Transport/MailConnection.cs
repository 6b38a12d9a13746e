using System.Net.Security;
using System.Net.Sockets;

namespace HelpdeskMail.Mail.Transport;

/// <summary>
/// A socket, perhaps under TLS, read by lines and by counted bytes, each wait with a deadline. One reader and one writer at a time.
/// After any fault it is <see cref="IsBroken"/> and every further call fails.
/// </summary>
internal sealed class MailConnection : IAsyncDisposable
{
    /// <summary>The most a TLS record holds (RFC 8446 §5.1): asking for less only splits it.</summary>
    private const int SmallRest = 16 * 1024;

    private readonly MailEndpoint _endpoint;
    private readonly TransportOptions _options;
    private readonly DeadlineSource _reading;
    private readonly DeadlineSource _writing;
    private readonly ReceiveBuffer _received = new();
    private Stream _stream;

    private MailConnection(MailEndpoint endpoint, TransportOptions options, Stream stream)
    {
        _endpoint = endpoint;
        _options = options;
        _stream = stream;
        _reading = new DeadlineSource(options.Time);
        _writing = new DeadlineSource(options.Time);
        Trace = options.Trace ?? new ProtocolTrace(options.Time);
    }

    public ProtocolTrace Trace { get; }
    public MailEndpoint Endpoint => _endpoint;
    public Deadlines Deadlines => _options.Deadlines;
    public TimeProvider Time => _options.Time;
    public System.Net.IPEndPoint? LocalEndPoint { get; private init; }
    public bool IsEncrypted => _stream is SslStream;
    public bool IsBroken { get; private set; }
    public ServerCertificate? Certificate { get; private set; }

    /// <summary>Bytes the server has already sent that nobody has read.</summary>
    public int Buffered => _received.Count;

    public static async Task<MailConnection> OpenAsync(MailEndpoint endpoint, TransportOptions options, CancellationToken ct)
    {
        var started = options.Time.GetTimestamp();
        var addresses = await TcpDialer.ResolveAsync(endpoint.Host, options, ct);
        options.StageDone?.Invoke(new StageReport(ConnectStage.Resolve, options.Time.GetElapsedTime(started), string.Join(", ", addresses.Select(address => address.ToString())), []));

        started = options.Time.GetTimestamp();
        var failed = new List<string>();
        var socket = await TcpDialer.ConnectAsync(endpoint, addresses, options, failed, ct);
        var connection = new MailConnection(endpoint, options, new NetworkStream(socket, ownsSocket: true)) { LocalEndPoint = socket.LocalEndPoint as System.Net.IPEndPoint };
        connection.Trace.Note($"connected to {socket.RemoteEndPoint}");
        options.StageDone?.Invoke(new StageReport(ConnectStage.Connect, options.Time.GetElapsedTime(started), socket.RemoteEndPoint?.ToString() ?? "", failed));
        try
        {
            if (endpoint.Security == ConnectionSecurity.Tls)
                await connection.StartTlsAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Puts TLS under everything that follows. Whatever the server sent after its agreement and before the handshake was not protected
    /// and may have been injected on the way (CVE-2011-0411 and its many sisters): it is a fault, not data.
    /// </summary>
    public async Task StartTlsAsync(CancellationToken ct)
    {
        if (Buffered > 0)
            throw Break(new MailProtocolException(MailFaultKind.TlsFailed, "The server sent more than its agreement before the TLS handshake; somebody may have injected it. The connection was dropped."));

        var started = Time.GetTimestamp();
        SslStream tls;
        TlsSession session;
        try
        {
            (tls, session) = await TlsHandshake.RunAsync(_stream, _endpoint, _options, _reading, ct);
        }
        catch (MailProtocolException fault)
        {
            Break(fault);
            throw;
        }

        _stream = tls;
        Certificate = session.Certificate;
        Trace.Note($"{tls.SslProtocol} {tls.NegotiatedCipherSuite}, certificate {Certificate?.Sha256}");
        _options.StageDone?.Invoke(new StageReport(ConnectStage.Tls, Time.GetElapsedTime(started), session.Protocol, [], session));
    }

    public void ReportGreeting(long started, string text) =>
        _options.StageDone?.Invoke(new StageReport(ConnectStage.Greeting, Time.GetElapsedTime(started), text, []));

    /// <summary>Credentials go over plain text only where the account says "no encryption".</summary>
    public void EnsureMaySendSecrets()
    {
        if (!IsEncrypted && _endpoint.Security != ConnectionSecurity.None)
            throw Break(new MailProtocolException(MailFaultKind.TlsNotOffered, "The connection is not encrypted; the password was not sent."));
    }

    /// <summary>The next line, valid until the next read: without its CRLF (a bare LF is taken too), or with it where <paramref name="keepEnd"/>.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadLineAsync(Deadline deadline, int maxLength, CancellationToken ct, bool trace = true, bool keepEnd = false)
    {
        var scanned = 0;
        var armed = false;
        try
        {
            while (true)
            {
                var newline = _received.IndexOf((byte)'\n', scanned);
                var length = newline < 0 ? Buffered : newline;
                if (length > maxLength)
                    throw Break(new MailProtocolException(MailFaultKind.Malformed, $"The server sent a line of more than {maxLength} bytes."));
                if (newline >= 0)
                {
                    var line = _received.Take(length + 1);
                    if (keepEnd)
                        return line;
                    line = line[..^1];
                    if (line.Length > 0 && line.Span[^1] == '\r')
                        line = line[..^1];
                    if (trace)
                        Trace.Received(line.Span);
                    return line;
                }

                scanned = Buffered;
                var read = BeginRead(_received.Room());
                if (!armed && !read.IsCompleted)
                {
                    _reading.Arm(deadline.Span, ct);
                    armed = true;
                }

                _received.Added(await EndReadAsync(read, deadline, ct));
            }
        }
        finally
        {
            if (armed)
                _reading.Disarm();
        }
    }

    /// <summary>Exactly as many bytes as the destination holds: first what is buffered, then straight from the stream.</summary>
    public async ValueTask ReadExactlyAsync(Memory<byte> destination, CancellationToken ct)
    {
        var taken = _received.TakeInto(destination.Span);
        var deadline = BodyDeadline(destination.Length, out var whole);
        while (taken < destination.Length)
        {
            // The rest is small: read on into the buffer, which takes the lines that follow in the same go.
            if (destination.Length - taken < SmallRest)
            {
                await FillAsync(deadline, whole, ct);
                taken += _received.TakeInto(destination.Span[taken..]);
                continue;
            }

            taken += await ReadBodyAsync(destination[taken..], deadline, whole, ct);
        }
    }

    /// <summary>Reads and forgets.</summary>
    public async ValueTask DiscardAsync(long count, CancellationToken ct)
    {
        var deadline = BodyDeadline(count, out var whole);
        while (count > 0)
        {
            if (Buffered == 0)
                await FillAsync(deadline, whole, ct);
            var taken = (int)Math.Min(Buffered, count);
            _received.Take(taken);
            count -= taken;
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct, TimeSpan? deadline = null)
    {
        ThrowIfBroken();
        var span = deadline ?? Deadlines.Write;
        _writing.Arm(span, ct);
        try
        {
            await _stream.WriteAsync(bytes, _writing.Token);
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            IsBroken = true;
            ct.ThrowIfCancellationRequested();
            throw Lost(error, Deadline.For("take our data", span));
        }
        finally
        {
            _writing.Disarm();
        }
    }

    /// <summary>Marks the connection as unusable and hands the fault back to be thrown.</summary>
    public MailProtocolException Break(MailProtocolException fault)
    {
        IsBroken = true;
        Trace.Note(fault.Text);
        return fault;
    }

    public async ValueTask DisposeAsync()
    {
        IsBroken = true;
        await _stream.DisposeAsync();
        _reading.Dispose();
        _writing.Dispose();
    }

    private Deadline BodyDeadline(long length, out long endsAt)
    {
        var whole = Deadlines.LiteralIdle + TimeSpan.FromSeconds((double)length / Deadlines.SlowestBody);
        endsAt = Time.GetTimestamp() + (long)(whole.TotalSeconds * Time.TimestampFrequency);
        return Deadline.For("send the rest of a message", Deadlines.LiteralIdle);
    }

    private async ValueTask FillAsync(Deadline deadline, long endsAt, CancellationToken ct) =>
        _received.Added(await ReadBodyAsync(_received.Room(), deadline, endsAt, ct));

    private async ValueTask<int> ReadBodyAsync(Memory<byte> destination, Deadline deadline, long endsAt, CancellationToken ct)
    {
        if (Time.GetTimestamp() > endsAt)
            throw Break(new MailProtocolException(MailFaultKind.Timeout, $"{_endpoint.Host} sent a message slower than {Deadlines.SlowestBody} bytes a second; it was given up."));
        var read = BeginRead(destination);
        if (read.IsCompleted)
            return await EndReadAsync(read, deadline, ct);
        _reading.Arm(deadline.Span, ct);
        try
        {
            return await EndReadAsync(read, deadline, ct);
        }
        finally
        {
            _reading.Disarm();
        }
    }

    /// <summary>Most reads of a download end at once, from what TLS has decrypted already; only the others are worth a timer.</summary>
    private ValueTask<int> BeginRead(Memory<byte> destination)
    {
        ThrowIfBroken();
        try
        {
            return _stream.ReadAsync(destination, _reading.Token);
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException)
        {
            return ValueTask.FromException<int>(error);
        }
    }

    private async ValueTask<int> EndReadAsync(ValueTask<int> read, Deadline deadline, CancellationToken ct)
    {
        try
        {
            var count = await read;
            if (count > 0)
                return count;
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            IsBroken = true;
            ct.ThrowIfCancellationRequested();
            throw Lost(error, deadline);
        }

        throw Break(new MailProtocolException(MailFaultKind.Disconnected, $"{_endpoint.Host} closed the connection."));
    }

    private void ThrowIfBroken()
    {
        if (IsBroken)
            throw new MailProtocolException(MailFaultKind.Disconnected, $"The connection to {_endpoint.Host} is closed.");
    }

    private MailProtocolException Lost(Exception error, Deadline deadline) => Break(error is OperationCanceledException
        ? new MailProtocolException(MailFaultKind.Timeout, $"{_endpoint.Host} did not {deadline.Waiting} within {deadline.Span.TotalSeconds:0.#} seconds.", error)
        : new MailProtocolException(MailFaultKind.Disconnected, $"The connection to {_endpoint.Host} was lost: {error.Message}", error));
}
