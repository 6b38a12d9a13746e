using System.Text;

namespace HelpdeskMail.Tests;

/// <summary>One mail in the rig's Maildir. <paramref name="FileName"/> carries the flags after ":2," (S seen, T deleted…).</summary>
public sealed record RigMail(string FileName, byte[] Raw)
{
    /// <summary>The bytes as Latin-1, so that every byte is one character.</summary>
    public string Text => Encoding.Latin1.GetString(Raw);

    public bool Seen => FileName.Split(":2,") is [_, var flags] && flags.Contains('S', StringComparison.Ordinal);

    /// <summary>The first header field of this name, unfolded (RFC 5322 section 2.2.3); null when absent.</summary>
    public string? Header(string name)
    {
        var text = Text.Replace("\r\n", "\n", StringComparison.Ordinal);
        var head = text.Split("\n\n", 2)[0].Replace("\n ", " ", StringComparison.Ordinal).Replace("\n\t", " ", StringComparison.Ordinal);
        var line = head.Split('\n').FirstOrDefault(l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase));
        return line?[(name.Length + 1)..].Trim();
    }
}
