using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace HelpdeskMail.Mail.Transport;

/// <summary>Puts TLS over a stream, with the certificate checked as the endpoint demands, and puts failures into words.</summary>
internal static class TlsHandshake
{
    /// <exception cref="MailProtocolException">Kind TlsFailed, Timeout, or a <see cref="CertificateRefusedException"/>; the stream is closed.</exception>
    public static async Task<(SslStream Stream, ServerCertificate? Certificate)> RunAsync(
        Stream plain, MailEndpoint endpoint, TransportOptions options, DeadlineSource waiting, CancellationToken ct)
    {
        var check = new CertificateCheck(endpoint, options.Time);
        var tls = new SslStream(plain, leaveInnerStreamOpen: false);
        waiting.Arm(options.Deadlines.Tls, ct);
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = endpoint.Host,
                RemoteCertificateValidationCallback = check.Accept,
            }, waiting.Token);
            return (tls, check.Seen);
        }
        catch (Exception error) when (error is AuthenticationException or IOException or SocketException or OperationCanceledException)
        {
            await tls.DisposeAsync();
            ct.ThrowIfCancellationRequested();
            throw Explain(error, check, endpoint, options.Deadlines.Tls);
        }
        finally
        {
            waiting.Disarm();
        }
    }

    private static MailProtocolException Explain(Exception error, CertificateCheck check, MailEndpoint endpoint, TimeSpan deadline) => error switch
    {
        _ when check is { Reasons.Count: > 0, Seen: not null } => new CertificateRefusedException(check.Seen, check.Reasons),
        OperationCanceledException => new MailProtocolException(MailFaultKind.Timeout, $"{endpoint.Host} did not finish the TLS handshake within {deadline.TotalSeconds:0.#} seconds. A port that expects plain text or STARTTLS behaves like this.", error),
        AuthenticationException { InnerException: { } inner } => new MailProtocolException(MailFaultKind.TlsFailed, $"TLS with {endpoint} failed: {error.Message} {inner.Message}", error),
        _ => new MailProtocolException(MailFaultKind.TlsFailed, $"TLS with {endpoint} failed: {error.Message} If the port expects STARTTLS or no encryption, choose that.", error),
    };
}
