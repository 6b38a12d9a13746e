using HelpdeskMail.Mail.Addresses;

namespace HelpdeskMail.Mail.Mime;

/// <summary>A message read from its octets (RFC 5322, RFC 2045–2049). Reading never fails: what is wrong becomes a warning.
/// Fields and bodies are decoded when asked for; an instance is for one thread at a time.</summary>
public sealed class MimeMessage
{
    private readonly List<MimeWarning> _warnings = [];
    private readonly List<MimePart> _leaves;

    private MimeMessage(ReadOnlyMemory<byte> raw, MimeLimits limits, int depth)
    {
        Raw = raw;
        Limits = limits;
        if (raw.Length > limits.MaxBytes)
        {
            _warnings.Add(new MimeWarning(MimeWarningKind.LimitBytes, "message cut off at its limit"));
            raw = raw[..limits.MaxBytes];
        }
        var parser = new MimeParser(this, LineBreaks.Normalize(raw, _warnings), _warnings);
        Root = parser.Parse(depth);
        _leaves = parser.Leaves;
        Headers = Root.Headers;
    }

    public static MimeMessage Parse(ReadOnlyMemory<byte> raw, MimeLimits? limits = null) => new(raw, limits ?? MimeLimits.Default, 0);

    /// <summary>The octets the message was read from.</summary>
    public ReadOnlyMemory<byte> Raw { get; }

    public HeaderList Headers { get; }

    /// <summary>Decoded subject, or null where there is none.</summary>
    public string? Subject => field ??= Headers["Subject"];

    public IReadOnlyList<MailAddress> From => field ??= Addresses("From");

    public MailAddress? Sender => Addresses("Sender") is [var first, ..] ? first : null;

    public IReadOnlyList<MailAddress> ReplyTo => field ??= Addresses("Reply-To");

    public IReadOnlyList<MailAddress> To => field ??= Addresses("To");

    public IReadOnlyList<MailAddress> Cc => field ??= Addresses("Cc");

    public IReadOnlyList<MailAddress> Bcc => field ??= Addresses("Bcc");

    /// <summary>With the sender's offset; null where it is missing or can't be read.</summary>
    public DateTimeOffset? Date => DateParser.Parse(Headers["Date"]);

    public MessageId? MessageId => Mime.MessageId.TryParse(Headers["Message-ID"], out var id) ? id : null;

    public IReadOnlyList<MessageId> InReplyTo => field ??= Parents(Headers["In-Reply-To"]);

    public IReadOnlyList<MessageId> References => field ??= Mime.MessageId.ParseList(Headers["References"]);

    public MimePart Root { get; }

    /// <summary>Leaves in their order; an embedded message is one leaf. What winmail.dat holds follows it.</summary>
    public IReadOnlyList<MimePart> Parts => field ??= WithContained();

    /// <summary>What a person would call the files of the mail: everything but its body texts; winmail.dat and uuencoded blocks unpacked.</summary>
    public IReadOnlyList<MimePart> Attachments => field ??= AttachmentFinder.Find(this);

    /// <summary>The plain text body, line ends "\n"; null where there is none.</summary>
    public string? Text => field ??= Body("text/plain")?.DecodeText();

    /// <summary>The HTML body as sent, or as winmail.dat holds it where the mail has no other text; null where there is none.</summary>
    public string? Html => field ??= Body("text/html")?.DecodeText();

    /// <summary>Signatures and encryption in the structure, outermost first; recognised, not verified and not opened.</summary>
    public IReadOnlyList<Protection> Protections => field ??= ProtectionFinder.Find(this);

    public IReadOnlyList<MimeWarning> Warnings => _warnings;

    internal MimeLimits Limits { get; }

    internal static MimeMessage ParseEmbedded(ReadOnlyMemory<byte> raw, MimeLimits limits, int depth) => new(raw, limits, depth);

    /// <summary>The part (or contained file) at a path as <see cref="MimePart.Path"/> gives it; null where there is none.</summary>
    public MimePart? FindPart(string path)
    {
        foreach (var part in Parts)
            if (part.Path == path) return part;
        foreach (var part in Attachments)
            if (part.Path == path) return part;
        return null;
    }

    internal void Warn(MimeWarningKind kind, string detail)
    {
        if (_warnings.Count < 100 && !_warnings.Exists(w => w.Kind == kind)) _warnings.Add(new MimeWarning(kind, detail));
    }

    internal MimePart? Body(string type)
    {
        if (BodyFinder.Find(Root, type) is { } found) return found;
        if (!_leaves.Exists(ContainedFiles.IsTnef) || BodyFinder.Find(Root, "text/plain") is not null || BodyFinder.Find(Root, "text/html") is not null) return null;
        return Parts.FirstOrDefault(p => p is { IsContained: true, Disposition: null } && p.ContentType == type);
    }

    private List<MimePart> WithContained()
    {
        if (!_leaves.Exists(ContainedFiles.IsTnef)) return _leaves;
        var all = new List<MimePart>();
        foreach (var leaf in _leaves)
        {
            all.Add(leaf);
            if (ContainedFiles.IsTnef(leaf)) all.AddRange(ContainedFiles.OfTnef(this, leaf));
        }
        return all;
    }

    private IReadOnlyList<MessageId> Parents(string? value)
    {
        var ids = Mime.MessageId.ParseList(value);
        // Some mailers put a bare address of the mail where the identifier belongs.
        return ids is [var only] && !value!.Contains('<', StringComparison.Ordinal) && To.Concat(From).Any(a => a.Address == only.Value) ? [] : ids;
    }

    private IReadOnlyList<MailAddress> Addresses(string name)
    {
        var i = Headers.IndexOf(name, 0);
        if (i < 0) return [];
        var first = AddressParser.ParseHeader(Headers[i].RawValue.Span, Limits.MaxAddresses);
        i = Headers.IndexOf(name, i + 1);
        if (i < 0) return first;
        // The field may stand only once (RFC 5322 §3.6); where it doesn't, all of them count.
        var all = new List<MailAddress>(first);
        for (; i >= 0 && all.Count < Limits.MaxAddresses; i = Headers.IndexOf(name, i + 1))
            all.AddRange(AddressParser.ParseHeader(Headers[i].RawValue.Span, Limits.MaxAddresses - all.Count));
        return all;
    }
}
