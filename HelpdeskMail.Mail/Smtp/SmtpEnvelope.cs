namespace HelpdeskMail.Mail.Smtp;

/// <summary>Who a message is from and for, on the envelope: not what its header says.</summary>
/// <param name="Sender">Where bounces go; empty is the null return path of automatic answers.</param>
/// <param name="Recipients">Plain addresses, each once.</param>
public sealed record SmtpEnvelope(string Sender, IReadOnlyList<string> Recipients)
{
    /// <summary>RFC 3461 NOTIFY ("FAILURE,DELAY", "NEVER", "SUCCESS"); null leaves it to the server. Ignored where the server has no DSN.</summary>
    public string? DsnNotify { get; init; }

    /// <summary>RFC 3461 ENVID: comes back in a delivery report.</summary>
    public string? DsnEnvelopeId { get; init; }
}
