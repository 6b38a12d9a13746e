using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace HelpdeskMail.Mail.Transport;

/// <summary>Puts TLS over a stream, with the certificate checked as the endpoint demands, and puts failures into words.</summary>
internal static class TlsHandshake
{
    /// <exception cref="MailProtocolException">Kind TlsFailed, Timeout, or a <see cref="CertificateRefusedException"/>; the stream is closed.</exception>
    public static async Task<(SslStream Stream, TlsSession Session)> RunAsync(
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
            return (tls, SessionOf(tls, check));
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

    private static TlsSession SessionOf(SslStream tls, CertificateCheck check)
    {
        var (name, outdated) = tls.SslProtocol switch
        {
            SslProtocols.Tls13 => ("TLS 1.3", false),
            SslProtocols.Tls12 => ("TLS 1.2", false),
            var older => (older.ToString(), true),
        };
        return new TlsSession(name, outdated, tls.NegotiatedCipherSuite.ToString(), check.Seen, check.Chain, check.IsPinned);
    }

    private static MailProtocolException Explain(Exception error, CertificateCheck check, MailEndpoint endpoint, TimeSpan deadline)
    {
        if (check is { Reasons.Count: > 0, Seen: not null })
            return new CertificateRefusedException(check.Seen, check.Reasons);
        if (error is OperationCanceledException)
            return new MailProtocolException(MailFaultKind.Timeout, $"{endpoint.Host} did not finish the TLS handshake within {deadline.TotalSeconds:0.#} seconds. A port that expects plain text or STARTTLS behaves like this.", error);

        // The library's own words, which name the OpenSSL or Schannel error, go along as the cause.
        var words = error.InnerException is { } inner ? $"{error.Message} {inner.Message}" : error.Message;
        var text = true switch
        {
            _ when Says(words, "unsupported protocol", "protocol version", "no protocols available") =>
                $"{endpoint} and this system have no version of TLS in common: the server offers nothing newer than TLS 1.1, which is withdrawn (RFC 8996), or nothing older than this system knows. Its operator has to switch on TLS 1.2 or 1.3.",
            _ when Says(words, "wrong version number", "packet length", "corrupted frame", "unexpected EOF", "received an unexpected EOF") =>
                $"{endpoint} does not answer with TLS. If the port expects STARTTLS or no encryption, choose that.",
            _ when Says(words, "no shared cipher", "handshake failure") =>
                $"{endpoint} and this system have no cipher in common. The server's TLS settings are outdated; its operator has to mend that.",
            _ when error is AuthenticationException => $"TLS with {endpoint} failed: {words}",
            _ => $"TLS with {endpoint} failed: {words} If the port expects STARTTLS or no encryption, choose that.",
        };
        return new MailProtocolException(MailFaultKind.TlsFailed, text, error) { ServerText = words };
    }

    private static bool Says(string words, params ReadOnlySpan<string> signs)
    {
        foreach (var sign in signs)
        {
            if (words.Contains(sign, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
