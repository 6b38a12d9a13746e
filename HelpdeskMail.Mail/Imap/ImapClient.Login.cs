using HelpdeskMail.Mail.Imap.Commands;
using HelpdeskMail.Mail.Transport;
using HelpdeskMail.Mail.Transport.Sasl;

namespace HelpdeskMail.Mail.Imap;

public sealed partial class ImapClient
{
    /// <summary>Logs in the best way server and credentials have in common: a SASL mechanism, else LOGIN.</summary>
    /// <exception cref="MailRefusedException">Kind AuthenticationFailed: wrong password or token; the connection may try again.</exception>
    public async Task LoginAsync(MailCredentials credentials, CancellationToken ct = default)
    {
        if (IsAuthenticated)
            return;
        if (SaslMechanism.Choose(credentials, Capabilities.Mechanisms, Connection.Endpoint) is { } mechanism)
            await AuthenticateAsync(credentials, mechanism, ct);
        else if (credentials is MailCredentials.Password password && !Capabilities.LoginDisabled)
            await PlainLoginAsync(password, ct);
        else
            throw NoMechanism(credentials);
    }

    /// <summary>Logs in with one SASL mechanism by name (PLAIN, LOGIN, XOAUTH2, OAUTHBEARER), whether announced or not.</summary>
    public Task AuthenticateAsync(string mechanism, MailCredentials credentials, CancellationToken ct = default) =>
        SaslMechanism.Named(mechanism, credentials, Connection.Endpoint) is { } chosen
            ? AuthenticateAsync(credentials, chosen, ct)
            : throw NoMechanism(credentials);

    /// <summary>The LOGIN command, whatever else the server offers.</summary>
    public async Task PlainLoginAsync(MailCredentials.Password credentials, CancellationToken ct = default)
    {
        using var turn = _session.Enter();
        Prepare(credentials, null);
        await _session.RunAsync(new LoginCommand(credentials.UserName, credentials.Value), ct);
        await LoggedInAsync(ct);
    }

    private async Task AuthenticateAsync(MailCredentials credentials, SaslMechanism mechanism, CancellationToken ct)
    {
        using var turn = _session.Enter();
        Prepare(credentials, mechanism);
        var initial = Capabilities.SaslInitialResponse ? mechanism.InitialResponse : null;
        var command = new AuthenticateCommand(mechanism.Name, initial);
        // Some servers announce the new capabilities with their OK and some don't: forget the old ones either way.
        var before = _session.Capabilities;
        await _session.StartAsync(command, ct);
        var sentInitial = initial is not null;
        while (!command.IsDone)
        {
            await _session.PumpAsync(ct);
            if (command.IsDone || _session.Continuation is not { } challenge)
                continue;
            _session.Continuation = null;
            var answer = sentInitial || mechanism.InitialResponse is null ? mechanism.Respond(Sasl64.Decode(challenge)) : mechanism.InitialResponse;
            sentInitial = true;
            // "*" cancels the exchange (RFC 9051 §6.2.2).
            await _session.WriteLineAsync(answer is null ? "*" : Convert.ToBase64String(answer), answer is null ? "*" : ProtocolTrace.Mask, ct);
        }

        if (command.Status is { Word: not "OK" } status)
            throw new MailRefusedException(status.ToRefusal(command.Name, mechanism.ServerDetail));
        if (ReferenceEquals(before, _session.Capabilities))
            _session.Capabilities = null;
        await LoggedInAsync(ct);
    }

    private void Prepare(MailCredentials credentials, SaslMechanism? mechanism)
    {
        Connection.EnsureMaySendSecrets();
        SaslMechanism.Protect(Trace, credentials, mechanism);
    }

    private async Task LoggedInAsync(CancellationToken ct)
    {
        IsAuthenticated = true;
        if (_session.Capabilities is null)
        {
            await _session.RunAsync(new SimpleCommand("CAPABILITY"), ct);
            _session.Capabilities ??= new ImapCapabilities(["IMAP4rev1"]);
        }
    }

    private MailRefusedException NoMechanism(MailCredentials credentials)
    {
        var offered = Capabilities.Mechanisms.Count == 0 ? "none" : string.Join(", ", Capabilities.Mechanisms);
        var way = credentials is MailCredentials.AccessToken ? "an access token" : "a password";
        return new MailRefusedException(new Refusal(RefusalKind.NoUsableMechanism, "AUTHENTICATE", "",
            $"no log-in with {way} is offered on this connection (offered: {offered})", IsPermanent: true));
    }
}
