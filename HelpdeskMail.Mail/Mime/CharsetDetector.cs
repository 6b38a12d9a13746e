using System.Text;

namespace HelpdeskMail.Mail.Mime;

/// <summary>Guesses the charset of 8-bit text that declares none, or a false one.</summary>
internal static class CharsetDetector
{
    internal static Encoding Detect(ReadOnlySpan<byte> bytes) => Charsets.Western;

    /// <summary>True when at least nine of ten 8-bit sequences are good UTF-8.</summary>
    internal static bool IsMostlyUtf8(ReadOnlySpan<byte> bytes)
    {
        var good = 0;
        var bad = 0;
        for (var i = 0; i < bytes.Length;)
        {
            if (bytes[i] < 0x80)
            {
                i++;
                continue;
            }
            var status = Rune.DecodeFromUtf8(bytes[i..], out _, out var n);
            if (status == System.Buffers.OperationStatus.Done) good++;
            else bad++;
            i += Math.Max(1, n);
        }
        return good > 0 && bad * 9 <= good;
    }
}
