namespace HelpdeskMail.Mail.Mime;

/// <summary>How likely octets are text in a one-octet charset: frequent letters count for it; foreign letters, letters of another script
/// beside them, capitals after small letters and signs inside words count against it.</summary>
internal sealed class SingleByteScorer
{
    private readonly char[] _table = new char[128];
    private readonly bool[] _frequent = new bool[128];
    private readonly bool _latin;
    private readonly double _prior;

    private SingleByteScorer(int codePage, string frequent, bool latin, double prior = 0)
    {
        CodePage = codePage;
        _latin = latin;
        _prior = prior;
        var encoding = Charsets.CodePage(codePage)!;
        Span<char> one = stackalloc char[2];
        for (var i = 0; i < 128; i++)
        {
            _table[i] = encoding.GetChars([(byte)(i + 128)], one) == 1 ? one[0] : '\uFFFD';
            _frequent[i] = frequent.Contains(_table[i], StringComparison.Ordinal);
        }
    }

    internal static SingleByteScorer Western { get; } = new(1252, "éèàçäöüßñåøæêâîôûíóáúãõïëÄÖÜÉìòùÅØÆÀÇÑÁÍÓÚ", latin: true);

    internal static SingleByteScorer[] Others { get; } =
    [
        new(1251, "оеаинтсрвлкмдпуяыьгзбчйхжюіїєґў", latin: false),
        new(20866, "оеаинтсрвлкмдпуяыьгзбчйхжю", latin: false),
        new(866, "оеаинтсрвлкмдпуяыьгзбчйхжю", latin: false, -0.05),
        new(28595, "оеаинтсрвлкмдпуяыьгзбчйхжюіїєў", latin: false, -0.05),
        new(874, "านรกเอวงมยลดตสคบพแทปหชจไใโะข่้ีิัื็์ุูึ", latin: false),
        new(1253, "αοιετσνηυρπκμλςάόίέήύώωδγθχβφξζψ", latin: false, -0.05),
        new(1255, "יוהלאמרתבשנכדחפקעםסגןטזצךףץ", latin: false, -0.05),
        new(1256, "اليمونرتبةعدسفهكقحجشأصىخطذزضئغثإء", latin: false, -0.05),
        new(1254, "ışğİçöüŞĞÇÖÜâî", latin: true, -0.1),
        new(1250, "ąęśżźćńłóěščřžýáíéůúťďňőűŚŁŻ", latin: true, -0.2),
        new(28592, "ąęśżźćńłóěščřžýáíéůúťďňőűŚŁŻ", latin: true, -0.25),
    ];

    internal int CodePage { get; }

    /// <summary>Mean worth of the 8-bit octets, about -1.5 to 1.</summary>
    internal double Score(ReadOnlySpan<byte> bytes)
    {
        double sum = 0;
        var count = 0;
        var run = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] < 0x80)
            {
                run = 0;
                continue;
            }
            if (i > 1 && bytes[i] == bytes[i - 1] && bytes[i] == bytes[i - 2]) continue; // a line drawn with one sign
            count++;
            run++;
            var c = _table[bytes[i] - 128];
            var before = i > 0 ? bytes[i - 1] : (byte)' ';
            var after = i + 1 < bytes.Length ? bytes[i + 1] : (byte)' ';
            sum += char.IsLetter(c) || IsThaiMark(c) ? Letter(c, bytes[i], before, after, run) : Sign(c, before, after);
        }
        return count == 0 ? 0 : sum / count + _prior;
    }

    private double Letter(char c, byte octet, byte before, byte after, int run)
    {
        var worth = _frequent[octet - 128] ? 1.0 : char.IsUpper(c) ? 0.5 : _latin ? 0.1 : 0.3;
        var besideAscii = char.IsAsciiLetter((char)before) || char.IsAsciiLetter((char)after);
        if (!_latin && besideAscii) return -1;
        if (!_latin && before < 0x80 && after < 0x80) return -0.3; // one letter alone is more likely a sign of another charset
        if (_latin && run > 2) return -0.6; // Western words don't hold three accented letters on end
        if (_latin && !besideAscii) worth -= 0.5;
        if (char.IsUpper(c) && (char.IsAsciiLetterLower((char)before) || (before >= 0x80 && char.IsLower(_table[before - 128])))) worth -= 1;
        return worth;
    }

    private static double Sign(char c, byte before, byte after)
    {
        if (c is '\uFFFD' || char.IsControl(c)) return -1.5;
        var inside = char.IsAsciiLetter((char)before) && char.IsAsciiLetter((char)after);
        if (c is '’') return 0.8;
        if (inside) return -1;
        return c is '“' or '”' or '„' or '‘' or '–' or '—' or '…' or '•' or '€' or '«' or '»' or '\u00A0' or '®' or '©' or '™' or '°' or '§' or '£' or '№' or '·' or '¿' or '¡' or '½' ? 0.5 : -0.4;
    }

    private static bool IsThaiMark(char c) => c is >= '\u0E31' and <= '\u0E4E';
}
