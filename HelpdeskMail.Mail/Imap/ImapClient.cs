using HelpdeskMail.Mail.Imap.Commands;
using HelpdeskMail.Mail.Transport;
using HelpdeskMail.Mail.Transport.Sasl;

namespace HelpdeskMail.Mail.Imap;

/// <summary>
/// An IMAP connection (RFC 3501, RFC 9051), one command at a time. Throws <see cref="MailProtocolException"/> when the connection is lost
/// or can't be trusted any more, <see cref="MailRefusedException"/> when the server says no and goes on working.
/// </summary>
public sealed partial class ImapClient : IAsyncDisposable
{
    private readonly ImapSession _session;

    private ImapClient(ImapSession session) => _session = session;

    private MailConnection Connection => _session.Connection;

    public ImapCapabilities Capabilities => _session.Capabilities ?? throw new InvalidOperationException("Not connected.");

    /// <summary>The server's first words.</summary>
    public string Greeting { get; private set; } = "";

    public ProtocolTrace Trace => Connection.Trace;

    /// <summary>Null without TLS.</summary>
    public ServerCertificate? Certificate => Connection.Certificate;

    public bool IsEncrypted => Connection.IsEncrypted;

    /// <summary>False once a fault has happened or the client said goodbye.</summary>
    public bool IsConnected => !Connection.IsBroken;

    public bool IsAuthenticated { get; private set; }

    /// <summary>The mailbox as it was when it was selected; null before.</summary>
    public ImapMailbox? Selected { get; private set; }

    /// <summary>Messages in the selected mailbox by what the server has said since (EXISTS, EXPUNGE; RFC 9051 §7.4.1, §7.5.1).</summary>
    public uint Exists => _session.Exists;

    /// <summary>Messages the server wants shown to people ([ALERT]).</summary>
    public IReadOnlyList<string> Alerts => _session.Alerts;

    /// <summary>Resolves, connects, reads the greeting, has TLS as the endpoint demands, and knows the capabilities afterwards.</summary>
    public static async Task<ImapClient> ConnectAsync(MailEndpoint endpoint, TransportOptions? options = null, CancellationToken ct = default)
    {
        options ??= TransportOptions.Default;
        var connection = await MailConnection.OpenAsync(endpoint, options, ct);
        try
        {
            var client = new ImapClient(new ImapSession(connection, options));
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
        var started = Connection.Time.GetTimestamp();
        (IsAuthenticated, Greeting) = await _session.ReadGreetingAsync(ct);
        Connection.ReportGreeting(started, Greeting);

        if (Connection.Endpoint.Security == ConnectionSecurity.StartTls)
            await StartTlsAsync(ct);
        if (_session.Capabilities is null)
            await CapabilityAsync(ct);
    }

    private async Task StartTlsAsync(CancellationToken ct)
    {
        // In the authenticated state STARTTLS is not allowed: a PREAUTH greeting is how a man in the middle would prevent it.
        if (IsAuthenticated)
            throw Connection.Break(new MailProtocolException(MailFaultKind.TlsNotOffered, "The server skips the log-in before encryption could start; somebody may be in between. The connection was dropped."));
        if (_session.Capabilities is null)
            await CapabilityAsync(ct);
        if (!Capabilities.StartTls)
            throw Connection.Break(new MailProtocolException(MailFaultKind.TlsNotOffered, "The server does not offer STARTTLS on this port. Choose TLS (usually port 993) or, knowing the risk, no encryption."));
        try
        {
            await _session.RunAsync(new SimpleCommand("STARTTLS"), ct);
        }
        catch (MailRefusedException refused)
        {
            throw Connection.Break(new MailProtocolException(MailFaultKind.TlsNotOffered, $"The server offers STARTTLS and then refuses it: {refused.Refusal.Text}", refused) { ServerText = refused.Refusal.Text });
        }

        await Connection.StartTlsAsync(ct);
        // RFC 9051 §6.2.1: what was said before TLS must be forgotten.
        _session.Capabilities = null;
    }

    public async Task<ImapCapabilities> CapabilityAsync(CancellationToken ct = default)
    {
        using var turn = _session.Enter();
        await _session.RunAsync(new SimpleCommand("CAPABILITY"), ct);
        return _session.Capabilities ??= new ImapCapabilities(["IMAP4rev1"]);
    }

    /// <summary>Says who we are and asks who they are; empty when the server has no ID.</summary>
    public async Task<IReadOnlyDictionary<string, string>> IdAsync(IReadOnlyDictionary<string, string>? ours = null, CancellationToken ct = default)
    {
        if (!Capabilities.Id)
            return new Dictionary<string, string>(StringComparer.Ordinal);
        using var turn = _session.Enter();
        return (await _session.RunAsync(new IdCommand(ours ?? new Dictionary<string, string>(StringComparer.Ordinal)), ct)).Theirs;
    }

    /// <summary>Asks for UTF-8 mailbox names where the server has them; otherwise names go as modified UTF-7 by themselves.</summary>
    public async Task<bool> EnableUtf8Async(CancellationToken ct = default)
    {
        if (!Capabilities.Utf8Accept || !Capabilities.Enable)
            return false;
        using var turn = _session.Enter();
        var enabled = (await _session.RunAsync(new EnableCommand("UTF8=ACCEPT"), ct)).Enabled;
        return _session.Names.IsUtf8 = enabled.Contains("UTF8=ACCEPT", StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Lets the server drop unsolicited news, and keeps the connection alive.</summary>
    public async Task NoopAsync(CancellationToken ct = default)
    {
        using var turn = _session.Enter();
        await _session.RunAsync(new SimpleCommand("NOOP"), ct);
    }

    /// <summary>Says goodbye if that is quickly done. Never throws for a server that has gone already.</summary>
    public async Task LogoutAsync(CancellationToken ct = default)
    {
        if (!IsConnected)
            return;
        using var turn = _session.Enter();
        using var patience = new CancellationTokenSource(Connection.Deadlines.Logout, Connection.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            await _session.RunAsync(new SimpleCommand("LOGOUT"), either.Token);
        }
        catch (Exception error) when (error is MailException or OperationCanceledException)
        {
            Trace.Note("no answer to LOGOUT");
        }
        finally
        {
            await Connection.DisposeAsync();
        }
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
