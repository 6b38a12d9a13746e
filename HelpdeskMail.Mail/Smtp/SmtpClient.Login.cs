using HelpdeskMail.Mail.Transport;
using HelpdeskMail.Mail.Transport.Sasl;

namespace HelpdeskMail.Mail.Smtp;

public sealed partial class SmtpClient
{
    /// <summary>Logs in (RFC 4954) with the best mechanism that server and credentials have in common.</summary>
    /// <exception cref="MailRefusedException">Kind AuthenticationFailed, or NoUsableMechanism.</exception>
    public async Task LoginAsync(MailCredentials credentials, CancellationToken ct = default)
    {
        if (SaslMechanism.Choose(credentials, Capabilities.Mechanisms, _connection.Endpoint) is { } mechanism)
        {
            await AuthenticateAsync(credentials, mechanism, ct);
            return;
        }

        var offered = Capabilities.Mechanisms.Count == 0 ? "none" : string.Join(", ", Capabilities.Mechanisms);
        throw new MailRefusedException(new Refusal(RefusalKind.NoUsableMechanism, "AUTH", "",
            $"no log-in with these credentials is offered on this connection (offered: {offered})", IsPermanent: true));
    }

    /// <summary>Logs in with one SASL mechanism by name, whether announced or not.</summary>
    public Task AuthenticateAsync(string mechanism, MailCredentials credentials, CancellationToken ct = default) =>
        AuthenticateAsync(credentials, SaslMechanism.Named(mechanism, credentials, _connection.Endpoint)
            ?? throw new ArgumentException($"{mechanism} can't be done with these credentials.", nameof(mechanism)), ct);

    private async Task AuthenticateAsync(MailCredentials credentials, SaslMechanism mechanism, CancellationToken ct)
    {
        _connection.EnsureMaySendSecrets();
        SaslMechanism.Protect(Trace, credentials, mechanism);

        var initial = mechanism.InitialResponse is { } bytes ? Convert.ToBase64String(bytes) : null;
        // A line may have 512 bytes (RFC 5321 §4.5.3.1.4); an OAuth token is longer and waits for the server's challenge.
        var inline = initial is { Length: < 480 };
        var line = inline ? $"AUTH {mechanism.Name} {initial}" : $"AUTH {mechanism.Name}";
        await WriteAsync(line, ct, inline ? $"AUTH {mechanism.Name} {ProtocolTrace.Mask}" : line);
        var sentInitial = inline || initial is null;

        var deadline = Deadline.For("answer AUTH", _connection.Deadlines.Command);
        var reply = await SmtpReplyReader.ReadAsync(_connection, deadline, ct);
        while (reply.Code == 334)
        {
            var answer = sentInitial ? mechanism.Respond(Sasl64.Decode(reply.Text)) : mechanism.InitialResponse;
            sentInitial = true;
            await WriteAsync(answer is null ? "*" : Convert.ToBase64String(answer), ct, answer is null ? "*" : ProtocolTrace.Mask);
            reply = await SmtpReplyReader.ReadAsync(_connection, deadline, ct);
        }

        if (reply.Code != 235)
            throw new MailRefusedException(reply.ToRefusal("AUTH") with { Detail = mechanism.ServerDetail });
        IsAuthenticated = true;
    }
}
