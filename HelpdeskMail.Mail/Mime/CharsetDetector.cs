using System.Buffers;
using System.Text;

namespace HelpdeskMail.Mail.Mime;

/// <summary>Guesses the charset of 8-bit text that declares none, or a false one: each candidate reads the text and is scored by how likely
/// its letters are. Ties go to windows-1252, what undeclared mail mostly is.</summary>
internal static class CharsetDetector
{
    private const int Window = 8 * 1024;

    // A reading must beat the Western one by this much per octet.
    private const double Margin = 0.08;

    internal static Encoding Detect(ReadOnlySpan<byte> bytes)
    {
        var window = bytes[..Math.Min(bytes.Length, Window)];
        if (IsBinary(window)) return Encoding.Latin1;
        var best = SingleByteScorer.Western.Score(window) + Margin;
        var page = SingleByteScorer.Western.CodePage;
        foreach (var candidate in SingleByteScorer.Others)
            Take(candidate.Score(window), candidate.CodePage);
        foreach (var candidate in MultiByteScorer.All)
            Take(candidate.Score(window), candidate.CodePage);
        return Charsets.CodePage(page) ?? Charsets.Western;

        void Take(double score, int codePage)
        {
            if (score > best) (best, page) = (score, codePage);
        }
    }

    // Files sent as text have no charset to find; in Latin-1 every octet stays itself.
    internal static bool IsBinary(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..Math.Min(bytes.Length, Window)];
        var controls = 0;
        foreach (var b in bytes)
            if (b < 32 && b is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or 12 or 27)) controls++;
        return controls * 50 > bytes.Length;
    }

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
            if (status == OperationStatus.Done) good++;
            else bad++;
            i += Math.Max(1, n);
        }
        return good > 0 && bad * 9 <= good;
    }
}
