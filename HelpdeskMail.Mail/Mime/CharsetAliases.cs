using System.Collections.Frozen;
using System.Globalization;

namespace HelpdeskMail.Mail.Mime;

/// <summary>Charset names that .NET doesn't know, or knows as something narrower than what senders mean by them
/// (read as the WHATWG encoding standard reads them: Latin-1 is windows-1252, GB 2312 is GB 18030).</summary>
internal static class CharsetAliases
{
    // code page, then its names
    private const string Table = """
        65001 utf8 utf-8 unicode-1-1-utf-8 utf-8-mac utf8mb4
        20127 us-ascii ascii ansi_x3.4-1968 iso646-us 646 7bit us
        1252 iso-8859-1 iso8859-1 iso_8859-1 latin1 latin-1 l1 iso88591 8859-1 iso-8859-1-windows-3.1-latin-1 ansi cp819
        850 cp-850 cp850 ibm850
        437 cp437 ibm437
        858 cp858
        10000 macintosh mac macroman x-mac-roman
        28592 iso-8859-2 latin2
        38598 iso-8859-8-i
        1254 iso-8859-9 latin5
        874 iso-8859-11 tis-620 tis620 x-windows-874 cp874
        28600 iso-8859-10
        28604 iso-8859-14
        28606 iso-8859-16
        28605 latin9 iso-8859-15 l9
        932 shift_jis shift-jis sjis x-sjis ms_kanji windows-31j cp932 ms932 shift_jis-2004
        50221 iso-2022-jp csiso2022jp iso-2022-jp-1 iso-2022-jp-2 iso-2022-jp-3 iso-2022-jp-ms cp50221
        50220 cp50220
        51932 euc-jp x-euc-jp eucjp ujis eucjp-ms
        54936 gb2312 gb_2312-80 gbk x-gbk cp936 ms936 gb18030 euc-cn gb2312-80 chinese
        52936 hz-gb-2312 hz
        950 big5 big5-hkscs big-5 cn-big5 x-x-big5 cp950
        949 euc-kr ks_c_5601-1987 ks_c_5601-1989 ks_c_5601 ksc5601 ksc_5601 korean cp949 uhc euckr x-windows-949
        50225 iso-2022-kr
        1361 johab
        20866 koi8-r koi8r koi8
        21866 koi8-u koi8-ru
        866 cp866 ibm866
        10007 x-mac-cyrillic
        1200 utf-16 utf16 utf-16le ucs-2 iso-10646-ucs-2 unicode
        1201 utf-16be unicodefffe
        12000 utf-32 utf-32le
        12001 utf-32be
        """;

    private static readonly FrozenDictionary<string, int> Pages = Table.Split('\n')
        .Select(line => line.Split(' '))
        .SelectMany(words => words.Skip(1).Select(name => KeyValuePair.Create(name, int.Parse(words[0], CultureInfo.InvariantCulture))))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    internal static bool TryGet(string name, out int codePage) => Pages.TryGetValue(name, out codePage);
}
