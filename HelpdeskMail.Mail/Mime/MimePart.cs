using System.Buffers;
using System.Security.Cryptography;

namespace HelpdeskMail.Mail.Mime;

/// <summary>One entity of a message (RFC 2045 §2.4): a leaf with a body, or a multipart with children. Bodies are decoded when asked for.</summary>
public sealed class MimePart
{
    private readonly ReadOnlyMemory<byte> _body;
    private readonly MimeMessage _message;
    private ParameterList? _type;
    private ParameterList? _disposition;
    private MimeMessage? _embedded;
    private long? _size;

    internal MimePart(MimeMessage message, HeaderList headers, ReadOnlyMemory<byte> body, string path, int depth)
    {
        _message = message;
        _body = body;
        Headers = headers;
        Path = path;
        Depth = depth;
    }

    /// <summary>A part that stands inside another's content (TNEF, uuencode) and has no header of its own.</summary>
    internal MimePart(MimeMessage message, string path, int depth, ContainedFile file)
        : this(message, HeaderList.Empty, file.Content, path, depth)
    {
        ContentType = file.ContentType;
        FileName = file.Name;
        ContentId = file.ContentId;
        Charset = file.Charset;
        Disposition = file.IsBody ? null : "attachment";
        IsContained = true;
    }

    /// <summary>Where it stands, counted as IMAP does (RFC 3501 §6.4.5): "1", "1.2"; "2/1" for the first file inside part 2 (TNEF, uuencode).</summary>
    public string Path { get; internal set; }

    public HeaderList Headers { get; }

    /// <summary>type/subtype in lower case; text/plain where none is given or it can't be read (RFC 2045 §5.2).</summary>
    public string ContentType { get => field ??= TreatAsLeaf ? "text/plain" : Type.Value is var t && IsMediaType(t) ? t : t.Length > 0 && Type["name"] is not null ? "application/octet-stream" : DefaultType; private init; }

    /// <summary>Parameters of Content-Type, names in lower case, values decoded (RFC 2231).</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters => Type.Parameters;

    /// <summary>"inline", "attachment" … in lower case, or null.</summary>
    public string? Disposition { get => field ?? (DispositionField.Value is { Length: > 0 } d ? d : null); private init; }

    /// <summary>The name from Content-Disposition, else from Content-Type. As the sender wrote it: never use it as a path.</summary>
    public string? FileName { get => field ??= NonEmpty(DispositionField["filename"]) ?? NonEmpty(Type["name"]); private init; }

    /// <summary>Content-ID without brackets (RFC 2392).</summary>
    public string? ContentId { get => field ?? (MessageId.TryParse(Headers["Content-ID"], out var id) ? id.Value : null); private init; }

    public string? ContentLocation => NonEmpty(Headers["Content-Location"]);

    public string? ContentDescription => NonEmpty(Headers["Content-Description"]);

    /// <summary>As declared; null where nothing is.</summary>
    public string? Charset { get => field ?? NonEmpty(Type["charset"]); private init; }

    public IReadOnlyList<MimePart> Children { get; internal set; } = [];

    public bool IsMultipart => Children.Count > 0 || (!IsContained && ContentType.StartsWith("multipart/", StringComparison.Ordinal) && !TreatAsLeaf);

    /// <summary>True where the sender says so (RFC 2183 §2.2). For what a person would call the files of a mail see <see cref="MimeMessage.Attachments"/>.</summary>
    public bool IsAttachment => Disposition is "attachment";

    /// <summary>format=flowed (RFC 3676).</summary>
    public bool IsFlowed => "flowed".Equals(Type["format"], StringComparison.OrdinalIgnoreCase);

    /// <summary>The message inside a message/rfc822 part; null for other types.</summary>
    public MimeMessage? EmbeddedMessage => _embedded ??= ContentType is "message/rfc822" or "message/global" && Depth < _message.Limits.MaxDepth
        ? MimeMessage.ParseEmbedded(Encoding == TransferEncoding.Identity ? _body : Decode(), _message.Limits, Depth + 1)
        : null;

    /// <summary>Octets of the decoded content.</summary>
    public long? Size => _size ??= Encoding == TransferEncoding.Identity ? _body.Length : MeasureSize();

    /// <summary>The body as it stands in the message, still in its transfer encoding.</summary>
    public ReadOnlyMemory<byte> RawBody => _body;

    internal int Depth { get; }

    internal bool IsContained { get; }

    internal bool TreatAsLeaf { get; set; }

    internal string DefaultType { get; init; } = "text/plain";

    internal ParameterList Type => _type ??= ParameterList.Parse(Headers.TryRaw("Content-Type", out var raw) ? raw : default);

    internal TransferEncoding Encoding => IsContained ? TransferEncoding.Identity : ReadEncoding();

    internal bool IsText => ContentType.StartsWith("text/", StringComparison.Ordinal);

    private ParameterList DispositionField => _disposition ??= ParameterList.Parse(Headers.TryRaw("Content-Disposition", out var raw) ? raw : default);

    /// <summary>The content without its transfer encoding. What can't be decoded is passed over, never thrown about.</summary>
    public byte[] Decode()
    {
        var raw = _body.Span;
        switch (Encoding)
        {
            case TransferEncoding.Base64:
            case TransferEncoding.QuotedPrintable:
            case TransferEncoding.Uuencode:
                var buffer = ArrayPool<byte>.Shared.Rent(raw.Length + 4);
                var length = DecodeInto(buffer);
                var result = buffer.AsSpan(0, length).ToArray();
                ArrayPool<byte>.Shared.Return(buffer);
                return Measured(result);
            case TransferEncoding.Identity:
            default:
                return raw.ToArray();
        }
    }

    /// <summary>Decodes into a writer, without an array of its own: for streaming a download or a hash.</summary>
    public void DecodeTo(IBufferWriter<byte> writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var raw = _body.Span;
        if (Encoding == TransferEncoding.Identity)
        {
            writer.Write(raw);
            return;
        }
        writer.Advance(DecodeInto(writer.GetSpan(raw.Length + 4)));
    }

    /// <summary>The content's length in octets and its SHA-256, without an array of its own.</summary>
    public (int Length, byte[] Sha256) Fingerprint()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(_body.Length + 4);
        var n = DecodeInto(buffer);
        var hash = SHA256.HashData(buffer.AsSpan(0, n));
        ArrayPool<byte>.Shared.Return(buffer);
        return (n, hash);
    }

    /// <summary>The content as text: transfer encoding and charset decoded, line ends as "\n", byte order mark gone, flowed lines (RFC 3676) joined.</summary>
    public string DecodeText()
    {
        if (Encoding == TransferEncoding.Identity) return Unflowed(PartText.From(_body.Span, Charset, ContentType));
        var buffer = ArrayPool<byte>.Shared.Rent(_body.Length + 4);
        var n = DecodeInto(buffer);
        var text = PartText.From(buffer.AsSpan(0, n), Charset, ContentType);
        ArrayPool<byte>.Shared.Return(buffer);
        return Unflowed(text);
    }

    internal int DecodeInto(Span<byte> to)
    {
        var raw = _body.Span;
        switch (Encoding)
        {
            case TransferEncoding.Base64: return Base64.Decode(raw, to);
            case TransferEncoding.QuotedPrintable: return QuotedPrintable.Decode(raw, to);
            case TransferEncoding.Uuencode: return Uuencode.Decode(raw, to);
            case TransferEncoding.Identity:
            default:
                raw.CopyTo(to);
                return raw.Length;
        }
    }

    internal static bool IsMediaType(string type)
    {
        var slash = type.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < type.Length - 1 && type.IndexOf('/', slash + 1) < 0;
    }

    private string Unflowed(string text) =>
        ContentType == "text/plain" && IsFlowed ? FormatFlowed.Unfold(text, "yes".Equals(Type["delsp"], StringComparison.OrdinalIgnoreCase)) : text;

    private static string? NonEmpty(string? s) => string.IsNullOrWhiteSpace(s) ? null : s;

    private byte[] Measured(byte[] content)
    {
        _size = content.Length;
        return content;
    }

    private long MeasureSize()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(_body.Length + 4);
        var n = DecodeInto(buffer);
        ArrayPool<byte>.Shared.Return(buffer);
        return n;
    }

    private TransferEncoding ReadEncoding()
    {
        if (!Headers.TryRaw("Content-Transfer-Encoding", out var raw)) return TransferEncoding.Identity;
        raw = Octets.Trim(raw).Trim("\"';"u8);
        var end = raw.IndexOfAny(" \t;("u8);
        if (end > 0) raw = raw[..end];
        if (System.Text.Ascii.EqualsIgnoreCase(raw, "base64"u8)) return TransferEncoding.Base64;
        if (System.Text.Ascii.EqualsIgnoreCase(raw, "quoted-printable"u8)) return TransferEncoding.QuotedPrintable;
        return System.Text.Ascii.EqualsIgnoreCase(raw, "x-uuencode"u8) || System.Text.Ascii.EqualsIgnoreCase(raw, "uuencode"u8) || System.Text.Ascii.EqualsIgnoreCase(raw, "x-uue"u8)
            ? TransferEncoding.Uuencode : TransferEncoding.Identity;
    }
}
