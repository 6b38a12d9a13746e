using HelpdeskMail.Mail.Transport;
using HelpdeskMail.Mail.Transport.Sasl;

namespace HelpdeskMail.Mail.Pop3;

/// <summary>
/// A POP3 connection (RFC 1939). Deletions count only once <see cref="QuitAsync"/> was answered. Throws
/// <see cref="MailProtocolException"/> for faults and <see cref="MailRefusedException"/> for -ERR.
/// </summary>
public sealed partial class Pop3Client : IAsyncDisposable
{
    private readonly Pop3Session _session;

    private Pop3Client(Pop3Session session) => _session = session;

    private MailConnection Connection => _session.Connection;

    public Pop3Capabilities Capabilities { get; private set; } = new([]);

    /// <summary>The server's first words.</summary>
    public string Greeting { get; private set; } = "";

    public ProtocolTrace Trace => Connection.Trace;

    /// <summary>Null without TLS.</summary>
    public ServerCertificate? Certificate => Connection.Certificate;

    public bool IsEncrypted => Connection.IsEncrypted;

    public bool IsConnected => !Connection.IsBroken;

    public static async Task<Pop3Client> ConnectAsync(MailEndpoint endpoint, TransportOptions? options = null, CancellationToken ct = default)
    {
        options ??= TransportOptions.Default;
        var connection = await MailConnection.OpenAsync(endpoint, options, ct);
        try
        {
            var client = new Pop3Client(new Pop3Session(connection, options));
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
        var greeting = await _session.ReadStatusAsync("the connection", ct, Connection.Deadlines.Greeting);
        Greeting = greeting.Text;
        if (!greeting.IsOk)
            throw new MailRefusedException(greeting.ToRefusal("CONNECT"));
        Connection.ReportGreeting(started, Greeting);

        await CapabilitiesAsync(ct);
        if (Connection.Endpoint.Security == ConnectionSecurity.StartTls)
            await StartTlsAsync(ct);
    }

    private async Task CapabilitiesAsync(CancellationToken ct)
    {
        // A server without CAPA answers -ERR and has the commands of RFC 1939.
        var status = await _session.AskAsync("CAPA", ct);
        Capabilities = new Pop3Capabilities(status.IsOk ? await _session.ReadLinesAsync(ct) : []);
    }

    private async Task StartTlsAsync(CancellationToken ct)
    {
        // A server may know STLS and not CAPA: ask rather than believe the list.
        var status = await _session.AskAsync("STLS", ct);
        if (!status.IsOk)
        {
            throw Connection.Break(new MailProtocolException(MailFaultKind.TlsNotOffered,
                "The server does not offer STARTTLS on this port. Choose TLS (usually port 995) or, knowing the risk, no encryption.")
            {
                ServerText = status.Text,
            });
        }

        await Connection.StartTlsAsync(ct);
        // RFC 2595 §4: what was said before TLS must be forgotten.
        await CapabilitiesAsync(ct);
    }

    /// <summary>Logs in with SASL (RFC 5034) where offered, else with USER and PASS.</summary>
    /// <exception cref="MailRefusedException">Kind AuthenticationFailed, InUse (another session holds the mailbox), NoUsableMechanism.</exception>
    public async Task LoginAsync(MailCredentials credentials, CancellationToken ct = default)
    {
        if (SaslMechanism.Choose(credentials, Capabilities.Mechanisms, Connection.Endpoint) is { } mechanism)
            await AuthenticateAsync(credentials, mechanism, ct);
        else if (credentials is MailCredentials.Password password)
            await UserPassAsync(password, ct);
        else
            throw new MailRefusedException(new Refusal(RefusalKind.NoUsableMechanism, "AUTH", "", $"no log-in with an access token is offered (offered: {string.Join(", ", Capabilities.Mechanisms)})", IsPermanent: true));
        // RFC 2449 §5: capabilities may change with the state.
        await CapabilitiesAsync(ct);
    }

    /// <summary>USER and PASS, whatever else the server offers.</summary>
    public async Task UserPassAsync(MailCredentials.Password credentials, CancellationToken ct = default)
    {
        Prepare(credentials, null);
        await _session.RequireAsync($"USER {credentials.UserName}", ct);
        await _session.WriteAsync($"PASS {credentials.Value}", ct, $"PASS {ProtocolTrace.Mask}");
        var status = await _session.ReadStatusAsync("PASS", ct);
        if (!status.IsOk)
            throw new MailRefusedException(status.ToRefusal("PASS"));
    }

    /// <summary>Logs in with one SASL mechanism by name.</summary>
    public Task AuthenticateAsync(string mechanism, MailCredentials credentials, CancellationToken ct = default) =>
        AuthenticateAsync(credentials, SaslMechanism.Named(mechanism, credentials, Connection.Endpoint)
            ?? throw new ArgumentException($"{mechanism} can't be done with these credentials.", nameof(mechanism)), ct);

    private async Task AuthenticateAsync(MailCredentials credentials, SaslMechanism mechanism, CancellationToken ct)
    {
        Prepare(credentials, mechanism);
        // The payload follows the server's challenge: a line with an initial response may not pass 255 bytes (RFC 2449 §4).
        await _session.WriteAsync($"AUTH {mechanism.Name}", ct);
        var sentInitial = mechanism.InitialResponse is null;
        while (true)
        {
            var (challenge, status) = await _session.ReadAuthAsync(ct);
            if (status is { IsOk: true })
                return;
            if (status is not null)
                throw new MailRefusedException(status.ToRefusal("AUTH") with { Detail = mechanism.ServerDetail });
            var answer = sentInitial ? mechanism.Respond(Sasl64.Decode(challenge!)) : mechanism.InitialResponse;
            sentInitial = true;
            await _session.WriteAsync(answer is null ? "*" : Convert.ToBase64String(answer), ct, answer is null ? "*" : ProtocolTrace.Mask);
        }
    }

    private void Prepare(MailCredentials credentials, SaslMechanism? mechanism)
    {
        Connection.EnsureMaySendSecrets();
        SaslMechanism.Protect(Trace, credentials, mechanism);
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
