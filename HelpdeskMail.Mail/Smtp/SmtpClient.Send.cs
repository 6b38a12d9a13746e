using System.Globalization;
using System.Text;
using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Mail.Smtp;

public sealed partial class SmtpClient
{
    /// <summary>Of an encoded envelope id (RFC 3461 §5.4).</summary>
    private const int MaxEnvelopeId = 100;

    /// <summary>
    /// Sends one message. Answers for every recipient and does not throw for what servers and networks do; a fault leaves the connection
    /// unusable (<see cref="IsConnected"/>). Cancelling throws, except once the message is complete: then the recipients are uncertain.
    /// </summary>
    public Task<SmtpSendResult> SendAsync(SmtpEnvelope envelope, ReadOnlyMemory<byte> message, CancellationToken ct = default) => SendAsync(envelope, message, null, ct);

    /// <inheritdoc cref="SendAsync(SmtpEnvelope, ReadOnlyMemory{byte}, CancellationToken)"/>
    /// <param name="beforeComplete">Run when all but the final dot is sent: until it returns, the server can't have taken the message.</param>
    public async Task<SmtpSendResult> SendAsync(SmtpEnvelope envelope, ReadOnlyMemory<byte> message, Func<Task>? beforeComplete, CancellationToken ct)
    {
        var transaction = new SmtpTransaction(envelope);
        if (!CheckBefore(transaction, message))
            return transaction.ToResult();
        try
        {
            if (await OpenTransactionAsync(transaction, message, ct))
                await SendDataAsync(transaction, message, beforeComplete, ct);
            else if (transaction.MustReset)
                await AskAsync("RSET", "RSET", ct);
        }
        catch (MailProtocolException fault)
        {
            transaction.Lost(fault);
        }
        catch (OperationCanceledException) when (transaction.IsComplete)
        {
            transaction.Lost(new MailProtocolException(MailFaultKind.Disconnected, "Sending was stopped while the server had not yet answered."));
        }

        // 421: the server is about to close (RFC 5321 §3.8).
        if (transaction.ServerCloses)
            await _connection.DisposeAsync();
        return transaction.ToResult();
    }

    /// <summary>What can be known without asking. False: nobody is left to send to.</summary>
    private bool CheckBefore(SmtpTransaction transaction, ReadOnlyMemory<byte> message)
    {
        var envelope = transaction.Envelope;
        if (envelope.Sender.Length > 0 && !SmtpAddress.IsUsable(envelope.Sender))
            transaction.FailAll($"The sender's address can't be used: {envelope.Sender}");
        else if (Capabilities.MaxSize < message.Length)
            transaction.FailAll($"The message has {message.Length} bytes; the server takes no more than {Capabilities.MaxSize}.");
        else if (SmtpAddress.NeedsUtf8(envelope.Sender) && !Capabilities.SmtpUtf8)
            transaction.FailAll("The sender's address has characters beyond ASCII, which this server does not take (no SMTPUTF8).");

        foreach (var recipient in envelope.Recipients)
        {
            if (!SmtpAddress.IsUsable(recipient))
                transaction.Fail(recipient, $"The address can't be used: {recipient}");
            else if (SmtpAddress.NeedsUtf8(recipient) && !Capabilities.SmtpUtf8)
                transaction.Fail(recipient, "The address has characters beyond ASCII, which this server does not take (no SMTPUTF8).");
        }

        return transaction.Open.Count > 0;
    }

    /// <summary>MAIL and RCPTs, in one go where the server has PIPELINING (RFC 2920). True: somebody wants the message.</summary>
    private async Task<bool> OpenTransactionAsync(SmtpTransaction transaction, ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        var mail = Deadline.For("answer MAIL FROM", _connection.Deadlines.SmtpMail);
        var rcpt = Deadline.For("answer RCPT TO", _connection.Deadlines.SmtpRecipient);
        var recipients = transaction.Open.ToList();
        await WriteAsync(MailLine(transaction.Envelope, message), ct);
        if (!Capabilities.Pipelining)
        {
            if (!transaction.OnMail(await SmtpReplyReader.ReadAsync(_connection, mail, ct)))
                return false;
            foreach (var recipient in recipients)
            {
                await WriteAsync(RcptLine(transaction.Envelope, recipient), ct);
                transaction.OnRecipient(recipient, await SmtpReplyReader.ReadAsync(_connection, rcpt, ct));
            }

            return transaction.Open.Count > 0 && !transaction.ServerCloses;
        }

        // In groups, so that neither side's buffers fill while both are writing.
        var mailAnswered = false;
        var mailAccepted = false;
        foreach (var group in recipients.Chunk(50))
        {
            foreach (var recipient in group)
                await WriteAsync(RcptLine(transaction.Envelope, recipient), ct);
            if (!mailAnswered)
                mailAccepted = transaction.OnMail(await SmtpReplyReader.ReadAsync(_connection, mail, ct));
            mailAnswered = true;
            foreach (var recipient in group)
            {
                var reply = await SmtpReplyReader.ReadAsync(_connection, rcpt, ct);
                if (mailAccepted)
                    transaction.OnRecipient(recipient, reply);
            }

            if (!mailAccepted || transaction.ServerCloses)
                return false;
        }

        return transaction.Open.Count > 0;
    }

    private async Task SendDataAsync(SmtpTransaction transaction, ReadOnlyMemory<byte> message, Func<Task>? beforeComplete, CancellationToken ct)
    {
        var go = await AskAsync("DATA", "DATA", ct, _connection.Deadlines.SmtpDataStart);
        if (go.Code != 354)
        {
            transaction.OnData(go);
            return;
        }

        var data = new SmtpDataEncoder(message);
        foreach (var block in data.Blocks())
            await _connection.WriteAsync(block, ct, _connection.Deadlines.SmtpDataBlock);

        if (beforeComplete is not null)
            await beforeComplete();
        Trace.Sent($"<message of {message.Length} bytes> .");
        // From here on nobody can know whether the server has it.
        transaction.IsComplete = true;
        await _connection.WriteAsync(data.FinalDot, ct, _connection.Deadlines.SmtpDataBlock);
        transaction.OnData(await SmtpReplyReader.ReadAsync(_connection, Deadline.For("confirm the message", _connection.Deadlines.SmtpDataEnd), ct));
    }

    private string MailLine(SmtpEnvelope envelope, ReadOnlyMemory<byte> message)
    {
        var line = $"MAIL FROM:<{SmtpAddress.Wire(envelope.Sender)}>";
        if (Capabilities.Size)
            line += string.Create(CultureInfo.InvariantCulture, $" SIZE={message.Length}");
        // Without 8BITMIME such a message goes as it is: every server of this century passes the bytes on.
        if (Capabilities.EightBitMime && !Ascii.IsValid(message.Span))
            line += " BODY=8BITMIME";
        if (Capabilities.SmtpUtf8 && (SmtpAddress.NeedsUtf8(envelope.Sender) || envelope.Recipients.Any(SmtpAddress.NeedsUtf8)))
            line += " SMTPUTF8";
        // A report names the mail by its envelope id and by its header; the body needn't come back (RFC 3461 §4.3, §4.4).
        if (Capabilities.Dsn && envelope.DsnEnvelopeId is { } id && Xtext(id) is { Length: <= MaxEnvelopeId } envelopeId)
            line += $" RET=HDRS ENVID={envelopeId}";
        return line;
    }

    private string RcptLine(SmtpEnvelope envelope, string recipient)
    {
        var line = $"RCPT TO:<{SmtpAddress.Wire(recipient)}>";
        if (!Capabilities.Dsn || envelope.DsnNotify is not { } notify) return line;
        line += $" NOTIFY={Xtext(notify)}";
        // The address as we know it comes back in a report, whatever aliases make of it on the way (RFC 3461 §4.2).
        return notify != "NEVER" && Ascii.IsValid(recipient) ? $"{line} ORCPT=rfc822;{Xtext(recipient)}" : line;
    }

    /// <summary>RFC 3461 §4.</summary>
    private static string Xtext(string value) => string.Concat(Encoding.UTF8.GetBytes(value).Select(b =>
        b is >= 33 and <= 126 and not (byte)'+' and not (byte)'=' ? ((char)b).ToString() : string.Create(CultureInfo.InvariantCulture, $"+{b:X2}")));
}
