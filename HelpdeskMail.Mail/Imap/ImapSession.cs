using HelpdeskMail.Mail.Imap.Commands;
using HelpdeskMail.Mail.Imap.Wire;
using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Mail.Imap;

/// <summary>Sends commands, several at a time if need be, and gives every response to the command or to the state it belongs to.</summary>
internal sealed class ImapSession(MailConnection connection, TransportOptions options)
{
    private readonly ImapResponseReader _reader = new(connection, options.MaxMessageBytes);
    private readonly ImapResponse _response = new();
    private readonly List<ImapCommand> _pending = [];
    private readonly ResponseBudget _budget = new(options.MaxUnaskedResponses, options.MaxAnswerBytes);
    private int _lastTag;
    private int _turn;

    public MailConnection Connection => connection;
    public ImapMailboxNames Names { get; } = new();

    /// <summary>Null until the server has told.</summary>
    public ImapCapabilities? Capabilities { get; set; }

    /// <summary>The text of the last "+", until it is taken.</summary>
    public string? Continuation { get; set; }

    /// <summary>What the server said when it threw us out.</summary>
    public string? Bye { get; private set; }

    /// <summary>[ALERT] texts, which RFC 9051 §7.1 wants shown to people.</summary>
    public List<string> Alerts { get; } = [];

    /// <summary>Messages in the selected mailbox, kept up by unsolicited responses.</summary>
    public uint Exists { get; private set; }

    /// <summary>Counts the times that mail came into the selected mailbox, as far as the server has said.</summary>
    public int Arrivals { get; private set; }

    /// <summary>Where the messages of a download go; null: an array each.</summary>
    public MessageBuffers? Buffers
    {
        set => _reader.Buffers = value;
    }

    /// <summary>One caller at a time: two would take each other's answers.</summary>
    public Turn Enter() => Interlocked.Exchange(ref _turn, 1) == 0
        ? new Turn(this)
        : throw new InvalidOperationException("This connection is busy with another command or an enumeration that has not ended.");

    public async Task<TCommand> RunAsync<TCommand>(TCommand command, CancellationToken ct)
        where TCommand : ImapCommand
    {
        await StartAsync(command, ct);
        await CompleteAsync(command, ct);
        command.ThrowIfRefused();
        return command;
    }

    public async Task StartAsync(ImapCommand command, CancellationToken ct)
    {
        command.Tag = $"A{++_lastTag:0000}";
        var writer = new ImapCommandWriter(Names, Capabilities?.LiteralPlus ?? false, Capabilities?.LiteralMinus ?? false);
        writer.Keyword(command.Tag).Space();
        command.Write(writer);
        writer.End();
        connection.Trace.Sent(writer.TraceText);
        _pending.Add(command);

        var sent = 0;
        foreach (var point in writer.SyncPoints)
        {
            await connection.WriteAsync(writer.Bytes[sent..point], ct);
            sent = point;
            while (Continuation is null && !command.IsDone)
                await PumpAsync(ct);
            Continuation = null;
            if (command.IsDone)
                return;
        }

        await connection.WriteAsync(writer.Bytes[sent..], ct);
    }

    public async Task CompleteAsync(ImapCommand command, CancellationToken ct)
    {
        while (!command.IsDone)
            await PumpAsync(ct);
    }

    /// <summary>Reads everything that is still owed, so that the connection can be used for something else.</summary>
    public async Task DrainAsync(CancellationToken ct)
    {
        while (_pending.Count > 0)
            await PumpAsync(ct);
    }

    /// <summary>A line outside any command: the payload of AUTHENTICATE, DONE.</summary>
    public async Task WriteLineAsync(string line, string traceText, CancellationToken ct)
    {
        connection.Trace.Sent(traceText);
        await connection.WriteAsync(System.Text.Encoding.ASCII.GetBytes(line + "\r\n"), ct);
    }

    /// <summary>Reads one response and puts it where it belongs.</summary>
    public async ValueTask PumpAsync(CancellationToken ct, TimeSpan? patience = null)
    {
        var command = _pending.Count > 0 ? _pending[0] : null;
        await _reader.ReadAsync(_response, Deadline.For(command is null ? "answer" : $"answer {command.Name}", patience ?? connection.Deadlines.Command), ct);
        try
        {
            Dispatch();
        }
        catch (ImapSyntaxException error)
        {
            throw connection.Break(new MailProtocolException(MailFaultKind.Malformed,
                $"The server's answer can't be read ({error.Message}).", error)
            {
                ServerText = Shorten(_response.ToString()),
            });
        }

        // A server that says BYE answers nothing more; waiting for its FIN only costs time.
        if (Bye is { } bye && command?.Name != "LOGOUT" && !_pending.Exists(pending => pending.Name == "LOGOUT"))
            throw connection.Break(new MailProtocolException(MailFaultKind.Disconnected, $"The server ended the session: {bye}") { ServerText = bye });
    }

    /// <summary>The greeting (RFC 9051 §7.1.1 and on): OK, PREAUTH or BYE, nothing else.</summary>
    public async Task<(bool PreAuthenticated, string Text)> ReadGreetingAsync(CancellationToken ct)
    {
        await _reader.ReadAsync(_response, Deadline.For("send its greeting", connection.Deadlines.Greeting), ct);
        var parser = new ImapParser(_response);
        if (parser.TryRead('*') && parser.TryRead(' '))
        {
            var word = parser.ReadWhileAtom();
            var preAuthenticated = Is(word, "PREAUTH"u8);
            if (preAuthenticated || Is(word, "OK"u8))
            {
                var (code, text) = ReadStatusText(ref parser);
                OnCode(code, text);
                return (preAuthenticated, text);
            }

            if (Is(word, "BYE"u8))
            {
                var (_, text) = ReadStatusText(ref parser);
                throw connection.Break(new MailProtocolException(MailFaultKind.Disconnected, $"The server turned us away: {text}") { ServerText = text });
            }
        }

        throw connection.Break(new MailProtocolException(MailFaultKind.Malformed,
            "What answered is not an IMAP server. Check port and encryption.")
        {
            ServerText = Shorten(_response.ToString()),
        });
    }

    private void Dispatch()
    {
        var parser = new ImapParser(_response);
        if (parser.TryRead('+'))
        {
            parser.SkipSpaces();
            Continuation = parser.ReadRest();
            CountUnasked();
            return;
        }

        if (parser.TryRead('*'))
        {
            parser.ExpectSpace();
            if (DispatchUntagged(ref parser) is { } claimant)
                CountAnswer(claimant);
            else
                CountUnasked();
            return;
        }

        // Quirk: Exchange 2003 sends COPYUID on a line of its own, without the "* OK" before it.
        if (parser.Sees('['))
        {
            OnUntaggedCode(parser.ReadResponseCode());
            CountUnasked();
            return;
        }

        var tag = parser.ReadAtom();
        var command = _pending.Find(pending => pending.Tag == tag) ?? throw parser.Expected("one of our tags");
        parser.ExpectSpace();
        var word = parser.ReadAtom().ToUpperInvariant();
        if (word is not ("OK" or "NO" or "BAD"))
            throw parser.Expected("OK, NO or BAD");
        var (code, text) = ReadStatusText(ref parser);
        _pending.Remove(command);
        _budget.Renew();
        command.OnCode(code);
        OnCode(code, text);
        command.Status = new ImapStatus(word, code, text);
    }

    /// <summary>The command whose answer it was, if any.</summary>
    private ImapCommand? DispatchUntagged(ref ImapParser parser)
    {
        uint number = 0;
        if (parser.TryReadNumber(out var first))
        {
            number = (uint)Math.Min(first, uint.MaxValue);
            parser.ExpectSpace();
        }

        var keyword = KeywordOf(parser.ReadWhileAtom());
        switch (keyword)
        {
            case "OK" or "NO" or "BAD" or "BYE" or "PREAUTH":
                var (code, text) = ReadStatusText(ref parser);
                if (keyword == "BYE")
                    Bye = text;
                OnCode(code, text);
                if (keyword == "OK")
                    OnUntaggedCode(code);
                return null;
            case "CAPABILITY":
                Capabilities = new ImapCapabilities(parser.ReadRest().Split(' ', StringSplitOptions.RemoveEmptyEntries));
                return null;
            case "EXISTS":
                // Some servers repeat the number after every EXPUNGE: only more than we know of is news.
                if (number > Exists)
                    Arrivals++;
                Exists = number;
                break;
            case "EXPUNGE":
                Exists = Exists > 0 ? Exists - 1 : 0;
                break;
        }

        foreach (var command in _pending)
        {
            if (command.OnUntagged(keyword, number, ref parser))
                return command;
        }

        // Nobody's: unsolicited flags, or a response we don't know. RFC 9051 §7: a client must be ready for any at any time.
        return null;
    }

    private void CountUnasked()
    {
        if (!_budget.TakeUnasked(_response.Text.Length + _response.Literals.Sum(literal => literal.Size)))
            throw new ImapSyntaxException("far more responses than anybody asked for", _response.Text.Length);
    }

    private void CountAnswer(ImapCommand command)
    {
        if (!_budget.TakeAnswer(_response.Text.Length + (command.BringsBodies ? 0 : _response.Literals.Sum(literal => literal.Size))))
            throw new ImapSyntaxException("an answer that does not end", _response.Text.Length);
    }

    private void OnUntaggedCode(string code)
    {
        if (code.Length == 0)
            return;
        foreach (var command in _pending)
            command.OnCode(code);
    }

    private void OnCode(string code, string text)
    {
        if (code.StartsWith("CAPABILITY ", StringComparison.OrdinalIgnoreCase))
            Capabilities = new ImapCapabilities(code[11..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        else if (code.Equals("ALERT", StringComparison.OrdinalIgnoreCase) && Alerts.Count < 100)
            Alerts.Add(text);
    }

    private static (string Code, string Text) ReadStatusText(ref ImapParser parser)
    {
        parser.SkipSpaces();
        var code = parser.ReadResponseCode();
        return (code, parser.ReadRest());
    }

    /// <summary>The keyword as one of our strings: a download makes thousands of FETCH.</summary>
    private static string KeywordOf(ReadOnlySpan<byte> word) =>
        Is(word, "FETCH"u8) ? "FETCH"
        : Is(word, "EXISTS"u8) ? "EXISTS"
        : System.Text.Encoding.UTF8.GetString(word).ToUpperInvariant();

    private static bool Is(ReadOnlySpan<byte> word, ReadOnlySpan<byte> expected) => System.Text.Ascii.EqualsIgnoreCase(word, expected);

    private static string Shorten(string text) => text.Length <= 200 ? text : string.Concat(text.AsSpan(0, 200), "…");

    /// <summary>Held while a command runs.</summary>
    public readonly struct Turn(ImapSession session) : IDisposable
    {
        public void Dispose() => Volatile.Write(ref session._turn, 0);
    }
}
