using System.Net;
using System.Net.Sockets;
using System.Text;
using HelpdeskMail.Mail.Transport;
using HelpdeskMail.Mail.Transport.Sasl;

namespace HelpdeskMail.Mail.Smtp;

/// <summary>
/// A connection to a submission or mail server (RFC 5321, RFC 6409). Connecting and logging in throw; sending answers with a result for
/// every recipient, whatever happens.
/// </summary>
public sealed partial class SmtpClient : IAsyncDisposable
{
    private readonly MailConnection _connection;
    private readonly string _helloName;

    private SmtpClient(MailConnection connection, string helloName)
    {
        _connection = connection;
        _helloName = helloName;
    }

    public SmtpCapabilities Capabilities { get; private set; } = new([]);

    /// <summary>The server's first words.</summary>
    public string Greeting { get; private set; } = "";

    public ProtocolTrace Trace => _connection.Trace;

    /// <summary>Null without TLS.</summary>
    public ServerCertificate? Certificate => _connection.Certificate;

    public bool IsEncrypted => _connection.IsEncrypted;

    public bool IsConnected => !_connection.IsBroken;

    public bool IsAuthenticated { get; private set; }

    /// <summary>Resolves, connects, greets, has TLS as the endpoint demands, and knows the server's capabilities afterwards.</summary>
    /// <param name="helloName">What we call ourselves in EHLO; by default our full host name, or the connection's own address in brackets.</param>
    public static async Task<SmtpClient> ConnectAsync(MailEndpoint endpoint, TransportOptions? options = null, string? helloName = null, CancellationToken ct = default)
    {
        var connection = await MailConnection.OpenAsync(endpoint, options ?? TransportOptions.Default, ct);
        try
        {
            var client = new SmtpClient(connection, helloName ?? OwnName(connection.LocalEndPoint));
            await client.GreetAsync(ct);
            return client;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task GreetAsync(CancellationToken ct)
    {
        var started = _connection.Time.GetTimestamp();
        var greeting = await SmtpReplyReader.ReadAsync(_connection, Deadline.For("send its greeting", _connection.Deadlines.SmtpGreeting), ct);
        Greeting = greeting.Text;
        if (!greeting.IsPositive)
            throw new MailRefusedException(greeting.ToRefusal("CONNECT"));
        _connection.ReportGreeting(started, Greeting);

        await HelloAsync(ct);
        if (_connection.Endpoint.Security == ConnectionSecurity.StartTls)
            await StartTlsAsync(ct);
    }

    private async Task HelloAsync(CancellationToken ct)
    {
        var reply = await AskAsync($"EHLO {_helloName}", "EHLO", ct);
        if (reply.IsPositive)
        {
            Capabilities = new SmtpCapabilities(reply.Lines.Skip(1));
            return;
        }

        // RFC 5321 §3.2: a server that doesn't know EHLO gets HELO.
        Capabilities = new SmtpCapabilities([]);
        reply = await AskAsync($"HELO {_helloName}", "HELO", ct);
        if (!reply.IsPositive)
            throw new MailRefusedException(reply.ToRefusal("HELO"));
    }

    private async Task StartTlsAsync(CancellationToken ct)
    {
        if (!Capabilities.StartTls)
            throw _connection.Break(new MailProtocolException(MailFaultKind.TlsNotOffered, "The server does not offer STARTTLS on this port. Choose TLS (usually port 465) or, knowing the risk, no encryption."));
        var reply = await AskAsync("STARTTLS", "STARTTLS", ct);
        if (reply.Code != 220)
            throw _connection.Break(new MailProtocolException(MailFaultKind.TlsNotOffered, $"The server offers STARTTLS and then refuses it: {reply.Text}") { ServerText = reply.ToString() });
        await _connection.StartTlsAsync(ct);
        // RFC 3207 §4.2: what was said before TLS must be forgotten.
        await HelloAsync(ct);
    }

    /// <summary>Is the server still there? False after anything else than a plain yes.</summary>
    public async Task<bool> NoopAsync(CancellationToken ct = default) => (await AskAsync("NOOP", "NOOP", ct)).IsPositive;

    /// <summary>Says goodbye if that is quickly done. Never throws for a server that has gone already.</summary>
    public async Task QuitAsync(CancellationToken ct = default)
    {
        if (!IsConnected)
            return;
        try
        {
            await WriteAsync("QUIT", ct);
            await SmtpReplyReader.ReadAsync(_connection, Deadline.For("answer QUIT", _connection.Deadlines.Logout), ct);
        }
        catch (Exception error) when (error is MailException or OperationCanceledException)
        {
            Trace.Note("no answer to QUIT");
        }
        finally
        {
            await _connection.DisposeAsync();
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task<SmtpReply> AskAsync(string line, string name, CancellationToken ct, TimeSpan? patience = null)
    {
        await WriteAsync(line, ct);
        return await SmtpReplyReader.ReadAsync(_connection, Deadline.For($"answer {name}", patience ?? _connection.Deadlines.Command), ct);
    }

    private async Task WriteAsync(string line, CancellationToken ct, string? traceText = null)
    {
        if (line.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0)
            throw new ArgumentException("CR, LF and NUL have no place in an SMTP command.", nameof(line));
        Trace.Sent(traceText ?? line);
        await _connection.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), ct);
    }

    /// <summary>RFC 5321 §4.1.4: a name that can be resolved, or an address literal.</summary>
    private static string OwnName(IPEndPoint? local)
    {
        var name = System.Net.Dns.GetHostName();
        if (name.Contains('.') && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-'))
            return name;
        var address = local?.Address ?? IPAddress.Loopback;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[IPv6:{address}]" : $"[{address}]";
    }
}
