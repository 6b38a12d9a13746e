namespace HelpdeskMail.Mail.Transport;

/// <summary>What all three clients take beside an endpoint.</summary>
public sealed record TransportOptions
{
    public Deadlines Deadlines { get; init; } = Deadlines.Default;
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Filled while the connection lives; hand one in to have it even when connecting fails.</summary>
    public ProtocolTrace? Trace { get; init; }

    /// <summary>Told after each stage that went well.</summary>
    public Action<StageReport>? StageDone { get; init; }

    /// <summary>Largest message body that is downloaded; larger ones are reported with their size and skipped.</summary>
    public long MaxMessageBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>IMAP responses that answer nothing, before a command is finished: more end the connection.</summary>
    public int MaxUnaskedResponses { get; init; } = Imap.ResponseBudget.MaxUnasked;

    /// <summary>
    /// One command's answers, in bytes and without the message bodies among them: five million IMAP summaries. Of a POP3 list no more
    /// than 256 MB either way.
    /// </summary>
    public long MaxAnswerBytes { get; init; } = 512L * 1024 * 1024;

    public static TransportOptions Default { get; } = new();
}
