namespace HelpdeskMail.Mail.Imap;

/// <summary>
/// How much a server may send before it finishes a command. A single response is limited where it is read; this is about their number.
/// Far beyond any mailbox: expunging all of a large mailbox from elsewhere brings a response for each message.
/// </summary>
internal sealed class ResponseBudget(int maxUnasked, long maxAnswerBytes)
{
    /// <summary>Responses that no pending command claims.</summary>
    public const int MaxUnasked = 1_000_000;

    public const long MaxUnaskedBytes = 256L * 1024 * 1024;

    private int _unasked;
    private long _unaskedBytes;
    private long _answerBytes;

    /// <summary>A command is finished: what follows belongs to the next.</summary>
    public void Renew() => (_unasked, _unaskedBytes, _answerBytes) = (0, 0, 0);

    /// <summary>False: that was too much.</summary>
    public bool TakeUnasked(long bytes) => ++_unasked <= maxUnasked && (_unaskedBytes += bytes) <= MaxUnaskedBytes;

    /// <summary>False: that was too much.</summary>
    public bool TakeAnswer(long bytes) => (_answerBytes += bytes) <= maxAnswerBytes;
}
