namespace HelpdeskMail.Mail.Mime;

/// <summary>Bounds of one parse. What goes past them is left unread, with a <see cref="MimeWarning"/>; nothing is thrown.</summary>
public sealed record MimeLimits
{
    public static MimeLimits Default { get; } = new();

    /// <summary>Bytes of the whole message that are looked at.</summary>
    public int MaxBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Nesting of multiparts and embedded messages together.</summary>
    public int MaxDepth { get; init; } = 32;

    /// <summary>Parts of one message, multiparts included.</summary>
    public int MaxParts { get; init; } = 2_000;

    /// <summary>Bytes of one header block.</summary>
    public int MaxHeaderBytes { get; init; } = 1024 * 1024;

    /// <summary>Header fields of one header block.</summary>
    public int MaxHeaders { get; init; } = 5_000;

    /// <summary>Addresses read from one header field.</summary>
    public int MaxAddresses { get; init; } = 10_000;

    /// <summary>Characters of a decoded header value.</summary>
    public int MaxValueLength { get; init; } = 256 * 1024;
}
