using HelpdeskMail.Mail.Addresses;

namespace HelpdeskMail.Mail.Mime;

/// <summary>A message to send. Values can hold any text: nothing in them can end a line or begin a field.
/// Written the same each time, so a retry sends the same octets.</summary>
public sealed class OutgoingMessage
{
    private readonly List<KeyValuePair<string, string>> _extra = [];

    public required IReadOnlyList<MailAddress> From { get; init; }

    public MailAddress? Sender { get; init; }

    public IReadOnlyList<MailAddress> ReplyTo { get; init; } = [];

    public IReadOnlyList<MailAddress> To { get; init; } = [];

    public IReadOnlyList<MailAddress> Cc { get; init; } = [];

    /// <summary>For the envelope alone; never written (RFC 5322 §3.6.3).</summary>
    public IReadOnlyList<MailAddress> Bcc { get; init; } = [];

    public required MessageId MessageId { get; init; }

    public required DateTimeOffset Date { get; init; }

    public string Subject { get; init; } = "";

    public IReadOnlyList<MessageId> InReplyTo { get; init; } = [];

    public IReadOnlyList<MessageId> References { get; init; } = [];

    public string? Text { get; init; }

    public string? Html { get; init; }

    public IReadOnlyList<OutgoingAttachment> Attachments { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> ExtraHeaders => _extra;

    /// <summary>True when an address can't be written in ASCII, so that the server must offer SMTPUTF8 (RFC 6531).</summary>
    public bool NeedsSmtpUtf8
    {
        get
        {
            foreach (var list in new[] { From, ReplyTo, To, Cc, Bcc })
                foreach (var a in list)
                    if (a.NeedsSmtpUtf8) return true;
            return Sender is { NeedsSmtpUtf8: true };
        }
    }

    /// <summary>Adds a field of one's own, such as Auto-Submitted. Fields that the message writes itself are refused.</summary>
    /// <exception cref="ArgumentException">The name is no field name, or one of those.</exception>
    public void AddHeader(string name, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        foreach (var c in name)
            if (c is <= ' ' or >= '\u007f' or ':') throw new ArgumentException("Not a field name.", nameof(name));
        if (name.Length > 70 || HeaderWriter.Own.Contains(name)) throw new ArgumentException("The message writes this field itself: " + name, nameof(name));
        _extra.Add(new(name, value));
    }

    /// <summary>The whole message: CRLF, lines of 78 characters at most where words allow it and 998 always (RFC 5322 §2.1.1), US-ASCII but for addresses that can't be.</summary>
    public byte[] ToBytes() => new MessageWriter(this).Write();
}
