using System.Buffers;
using System.Text;
using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Mail.Pop3;

/// <summary>Lines out, answers in: one line, or many up to a single dot (RFC 1939 §3).</summary>
internal sealed class Pop3Session(MailConnection connection, TransportOptions options)
{
    /// <summary>RFC 1939 §3 says 512; a CAPA or a friendly error is longer at times.</summary>
    private const int MaxLine = 8 * 1024;

    /// <summary>CAPA, LIST and UIDL: a line a message, and nobody keeps more in a POP3 mailbox.</summary>
    private const int MaxListLines = 5_000_000;

    private const long MaxListBytes = 256L * 1024 * 1024;

    /// <summary>A message beyond the caller's limit is read past, but not for ever.</summary>
    private const long MaxSkipped = 2L * 1024 * 1024 * 1024;

    private readonly long _maxListBytes = Math.Min(MaxListBytes, options.MaxAnswerBytes);
    private bool _bareLineFeeds;

    public MailConnection Connection => connection;

    public Task WriteAsync(string line, CancellationToken ct, string? traceText = null)
    {
        if (line.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0)
            throw new ArgumentException("CR, LF and NUL have no place in a POP3 command.", nameof(line));
        connection.Trace.Sent(traceText ?? line);
        return connection.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), ct).AsTask();
    }

    public async Task<Pop3Status> AskAsync(string line, CancellationToken ct)
    {
        await WriteAsync(line, ct);
        return await ReadStatusAsync(line.Split(' ', 2)[0], ct);
    }

    /// <exception cref="MailRefusedException">-ERR.</exception>
    public async Task<Pop3Status> RequireAsync(string line, CancellationToken ct)
    {
        var status = await AskAsync(line, ct);
        return status.IsOk ? status : throw new MailRefusedException(status.ToRefusal(line.Split(' ', 2)[0]));
    }

    public async ValueTask<Pop3Status> ReadStatusAsync(string command, CancellationToken ct, TimeSpan? patience = null)
    {
        var line = await connection.ReadLineAsync(Deadline.For($"answer {command}", patience ?? connection.Deadlines.Command), MaxLine, ct, keepEnd: true);
        _bareLineFeeds = !line.Span.EndsWith("\r\n"u8);
        var text = Encoding.UTF8.GetString(line.Span).TrimEnd('\r', '\n');
        connection.Trace.Received(text);
        return Pop3Status.Parse(text) ?? throw connection.Break(new MailProtocolException(MailFaultKind.Malformed,
            "What answered is not speaking POP3. Check port and encryption.")
        {
            ServerText = text.Length > 200 ? text[..200] : text,
        });
    }

    /// <summary>A continuation of AUTH ("+ challenge") or its end.</summary>
    public async Task<(string? Challenge, Pop3Status? Status)> ReadAuthAsync(CancellationToken ct)
    {
        var line = await connection.ReadLineAsync(Deadline.For("answer AUTH", connection.Deadlines.Command), MaxLine, ct);
        var text = Encoding.UTF8.GetString(line.Span);
        if (Pop3Status.Parse(text) is { } status)
            return (null, status);
        if (text.StartsWith('+'))
            return (text[1..].Trim(), null);
        throw connection.Break(new MailProtocolException(MailFaultKind.Malformed, "The server's answer to AUTH can't be read.") { ServerText = text });
    }

    /// <summary>The lines of a multi-line answer behind its status.</summary>
    public async Task<List<string>> ReadLinesAsync(CancellationToken ct)
    {
        var lines = new List<string>();
        var bytes = 0L;
        while (true)
        {
            var line = Encoding.UTF8.GetString((await connection.ReadLineAsync(Deadline.For("send the rest of its list", connection.Deadlines.Command), MaxLine, ct, trace: false)).Span);
            if (line == ".")
                break;
            bytes += line.Length;
            if (lines.Count >= MaxListLines || bytes > _maxListBytes)
                throw connection.Break(new MailProtocolException(MailFaultKind.Malformed, "The server's list does not end."));
            lines.Add(line.StartsWith('.') ? line[1..] : line);
        }

        connection.Trace.Received($"<{lines.Count} lines>");
        return lines;
    }

    /// <summary>A message's bytes with the dots unstuffed; null where it has more than <paramref name="maxBytes"/>, all of which are read past.</summary>
    public async Task<byte[]?> ReadMessageAsync(long sizeHint, long maxBytes, CancellationToken ct)
    {
        var body = new ArrayBufferWriter<byte>((int)Math.Clamp(sizeHint, 256, 1024 * 1024));
        var received = 0L;
        var lineStart = true;
        var started = connection.Time.GetTimestamp();
        var deadline = Deadline.For("send the rest of a message", connection.Deadlines.LiteralIdle);
        while (true)
        {
            var line = await connection.ReadLineAsync(deadline, (int)Math.Min(int.MaxValue / 4, maxBytes + 1024), ct, trace: false, keepEnd: true);
            var span = line.Span;
            if (lineStart && span[0] == '.')
            {
                if (span is [(byte)'.', (byte)'\n'] or [(byte)'.', (byte)'\r', (byte)'\n'])
                    break;
                span = span[1..];
            }

            // A bare LF inside a message ends no line here: what follows it was not dot-stuffed either.
            lineStart = _bareLineFeeds || span.EndsWith("\r\n"u8);
            received += span.Length;
            if (received > MaxSkipped)
                throw connection.Break(new MailProtocolException(MailFaultKind.Malformed, "The server's message does not end."));
            if (received <= maxBytes)
                body.Write(span);
            if (connection.Time.GetElapsedTime(started) > connection.Deadlines.LiteralIdle + TimeSpan.FromSeconds((double)received / connection.Deadlines.SlowestBody))
                throw connection.Break(new MailProtocolException(MailFaultKind.Timeout, $"The server sent a message slower than {connection.Deadlines.SlowestBody} bytes a second; it was given up."));
        }

        connection.Trace.Received($"<message of {received} bytes>");
        return received <= maxBytes ? body.WrittenSpan.ToArray() : null;
    }
}
