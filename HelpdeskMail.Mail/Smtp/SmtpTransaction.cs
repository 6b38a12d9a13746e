using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Mail.Smtp;

/// <summary>Keeps, for one message, what is known of each recipient.</summary>
internal sealed class SmtpTransaction(SmtpEnvelope envelope)
{
    private readonly Dictionary<string, SmtpRecipientResult> _decided = new(StringComparer.Ordinal);
    private MailProtocolException? _fault;

    public SmtpEnvelope Envelope => envelope;

    /// <summary>Recipients nothing has been decided about.</summary>
    public List<string> Open { get; } = [.. envelope.Recipients.Distinct(StringComparer.Ordinal)];

    /// <summary>The final dot is on its way.</summary>
    public bool IsComplete { get; set; }

    /// <summary>MAIL was accepted and DATA never came: the server still waits for one of them.</summary>
    public bool MustReset { get; private set; }

    public bool ServerCloses { get; private set; }

    public bool OnMail(SmtpReply reply)
    {
        Watch(reply);
        MustReset = reply.IsPositive && !ServerCloses;
        if (!reply.IsPositive)
            DecideAll("MAIL FROM", reply);
        return reply.IsPositive;
    }

    public void OnRecipient(string recipient, SmtpReply reply)
    {
        Watch(reply);
        MustReset &= !ServerCloses;
        if (!reply.IsPositive)
            Decide(recipient, "RCPT TO", reply);
    }

    /// <summary>The answer to DATA itself (a refusal) or to the whole message.</summary>
    public void OnData(SmtpReply reply)
    {
        Watch(reply);
        DecideAll("DATA", reply);
    }

    public void Fail(string recipient, string text) => Decide(new SmtpRecipientResult(recipient, RecipientState.Failed, null, text));

    public void FailAll(string text)
    {
        foreach (var recipient in Open.ToList())
            Fail(recipient, text);
    }

    /// <summary>A fault: before the final dot nothing was sent, after it nobody knows.</summary>
    public void Lost(MailProtocolException fault)
    {
        _fault = fault;
        var state = IsComplete ? RecipientState.Uncertain : RecipientState.Deferred;
        foreach (var recipient in Open.ToList())
            Decide(new SmtpRecipientResult(recipient, state, null, fault.Text));
    }

    public SmtpSendResult ToResult()
    {
        // A server that says goodbye in mid-transaction leaves some without an answer.
        foreach (var recipient in Open.ToList())
            Decide(new SmtpRecipientResult(recipient, RecipientState.Deferred, null, "The server ended the session before the message was sent."));
        return new SmtpSendResult([.. envelope.Recipients.Select(recipient => _decided[recipient])]) { Fault = _fault };
    }

    private void DecideAll(string command, SmtpReply reply)
    {
        foreach (var recipient in Open.ToList())
            Decide(recipient, command, reply);
    }

    private void Decide(string recipient, string command, SmtpReply reply)
    {
        var state = reply.Code is >= 200 and < 300 ? RecipientState.Accepted : reply.IsPermanent ? RecipientState.Failed : RecipientState.Deferred;
        Decide(new SmtpRecipientResult(recipient, state, reply, reply.Text)
        {
            Refusal = state == RecipientState.Accepted ? null : reply.ToRefusal(command),
        });
    }

    private void Decide(SmtpRecipientResult result)
    {
        _decided[result.Address] = result;
        Open.Remove(result.Address);
    }

    private void Watch(SmtpReply reply) => ServerCloses |= reply.Code == 421;
}
