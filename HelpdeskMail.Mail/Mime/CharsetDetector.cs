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

    // Below it a reading is a guess like any other.
    private const double Credible = 0.3;

    internal static Encoding Detect(ReadOnlySpan<byte> bytes) => IsBinary(bytes) ? Encoding.Latin1 : Best(bytes).Encoding;

    /// <summary>Null where no reading looks like text.</summary>
    internal static Encoding? DetectCredible(ReadOnlySpan<byte> bytes) => !IsBinary(bytes) && Best(bytes) is (var encoding, >= Credible) ? encoding : null;

    private static (Encoding Encoding, double Score) Best(ReadOnlySpan<byte> bytes)
    {
        var window = bytes[..Math.Min(bytes.Length, Window)];
        var best = SingleByteScorer.Western.Score(window) + Margin;
        var page = SingleByteScorer.Western.CodePage;
        foreach (var candidate in SingleByteScorer.Others)
            Take(candidate.Score(window), candidate.CodePage);
        foreach (var candidate in MultiByteScorer.All)
            Take(candidate.Score(window), candidate.CodePage);
        return (Charsets.CodePage(page) ?? Charsets.Western, best);

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

    /// <summary>True where text that declares another charset can't well be anything but UTF-8: all of it is, and longer sequences than that charset's
    /// own characters make by chance.</summary>
    internal static bool IsSurelyUtf8(ReadOnlySpan<byte> bytes, Encoding declared)
    {
        if (Ascii.IsValid(bytes) || !System.Text.Unicode.Utf8.IsValid(bytes)) return false;
        int two = 0, more = 0;
        foreach (var b in bytes)
        {
            if (b is >= 0xC2 and < 0xE0) two++;
            else if (b >= 0xE0) more++;
        }
        // Thai letters fill the whole upper half: there, and in charsets of two octets, pairs prove nothing.
        return more >= 2 || (two + more >= 2 && declared.IsSingleByte && declared.CodePage is not (874 or 28601));
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
