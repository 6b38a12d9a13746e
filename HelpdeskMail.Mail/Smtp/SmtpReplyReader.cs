using System.Text;
using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Mail.Smtp;

/// <summary>Reply-line = *( Reply-code "-" [ textstring ] CRLF ) Reply-code [ SP textstring ] CRLF (RFC 5321 §4.2).</summary>
internal static class SmtpReplyReader
{
    /// <summary>RFC 5321 §4.5.3.1.5 says 512; verbose servers exist.</summary>
    private const int MaxLine = 8 * 1024;
    private const int MaxLines = 500;

    public static async Task<SmtpReply> ReadAsync(MailConnection connection, Deadline deadline, CancellationToken ct)
    {
        var lines = new List<string>();
        while (true)
        {
            var line = Encoding.UTF8.GetString((await connection.ReadLineAsync(deadline, MaxLine, ct)).Span);
            if (!TryRead(line, out var code, out var last, out var text) || lines.Count >= MaxLines)
            {
                throw connection.Break(new MailProtocolException(MailFaultKind.Malformed, "What answered is not speaking SMTP. Check port and encryption.")
                {
                    ServerText = line.Length > 200 ? line[..200] : line,
                });
            }

            lines.Add(text);
            if (last)
                return new SmtpReply(code, lines);
        }
    }

    private static bool TryRead(string line, out int code, out bool last, out string text)
    {
        (code, last, text) = (0, true, "");
        if (line.Length < 3 || line[0] is < '2' or > '5' || !char.IsAsciiDigit(line[1]) || !char.IsAsciiDigit(line[2]))
            return false;
        code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
        if (line.Length == 3)
            return true;
        last = line[3] != '-';
        text = line[4..];
        return line[3] is ' ' or '-';
    }
}
