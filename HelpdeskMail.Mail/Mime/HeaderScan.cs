namespace HelpdeskMail.Mail.Mime;

/// <summary>Reads just the header block of a message, for routing: bodies are neither looked at nor needed, so a prefix of the message will do.</summary>
public static class HeaderScan
{
    public static HeaderList Read(ReadOnlyMemory<byte> raw, MimeLimits? limits = null)
    {
        var at = 0;
        return HeaderBlock.Read(LineBreaks.Normalize(raw, []), ref at, limits ?? MimeLimits.Default, [], null);
    }
}
