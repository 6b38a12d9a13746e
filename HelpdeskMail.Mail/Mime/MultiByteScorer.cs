using System.Collections.Frozen;

namespace HelpdeskMail.Mail.Mime;

/// <summary>How likely octets are text in a two-octet East Asian charset: by the rows of its table that hold everyday characters, and by the most frequent ones.</summary>
internal sealed class MultiByteScorer
{
    private const string Simplified = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处理世车价格您请谢邮件联系收到订单客户服务电话公司产品网站";
    private const string Traditional = "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說產種面而方後多定行學法所民得經十三之進著等部度家電力裡如水化高自二理起小物現實加量都兩體制機當使點從業本去把性好應開它合還因由其些然前外天政四日那社義事平形相全表間樣與關各重新線內數正心反你明看原又麼利比或但質氣第向道命此變條只沒結解問意建月公無系軍很情者最立代想已通並提直題黨程展五果料象員革位入常文總次品式活設及管特件長求老頭基資邊流路級少圖山統接知較將組見計別她手角期根論運農指幾九區強放決西被幹做必戰先回則任取據處理世車價格您請謝郵件聯繫收到訂單客戶服務電話公司產品網站";
    private const string Korean = "이다는에의을하고가니습한사로지기은를도서시어있인해자리아나대그수정보라일들만제부전무주상안성여면구것으게까님요감문입세요녕확메드연동장내원과신공국조스우발러된되및십오생산용고객답변관련";
    private const string Kanji = "日一国人年大十二本中長出三時行見月分後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水半男西電校語土木聞食車何南万毎白天母火右読友左休父雨会社様方部合性的自対送信件返確認問製品願宜致場所使用名前連絡";

    private readonly FrozenSet<int> _frequent;
    private readonly Func<byte, byte, (int Length, double Worth)> _row;

    private MultiByteScorer(int codePage, string frequent, Func<byte, byte, (int Length, double Worth)> row)
    {
        CodePage = codePage;
        _row = row;
        var encoding = Charsets.CodePage(codePage)!;
        _frequent = frequent.Select(c => encoding.GetBytes([c])).Where(b => b.Length == 2).Select(b => b[0] << 8 | b[1]).ToFrozenSet();
    }

    internal static MultiByteScorer[] All { get; } =
    [
        new(54936, Simplified, Gb18030),
        new(950, Traditional, Big5),
        new(949, Korean, EucKr),
        new(51932, Kanji, EucJp),
        new(932, Kanji, ShiftJis),
    ];

    internal int CodePage { get; }

    /// <summary>Mean worth of the 8-bit octets, about -1.5 to 1.</summary>
    internal double Score(ReadOnlySpan<byte> bytes)
    {
        double sum = 0;
        var count = 0;
        for (var i = 0; i < bytes.Length;)
        {
            if (bytes[i] < 0x80)
            {
                i++;
                continue;
            }
            if (i + 1 >= bytes.Length)
            {
                sum -= bytes.Length < 3 ? 1.5 : 0; // the window may have cut a character in two
                count++;
                break;
            }
            var (length, worth) = _row(bytes[i], bytes[i + 1]);
            if (length == 2 && _frequent.Contains(bytes[i] << 8 | bytes[i + 1])) worth = 1;
            if (length == 2 && bytes[i + 1] < 0x80) worth -= 0.2; // the second octet could be a letter of its own
            sum += worth * length;
            count += length;
            i += length;
        }
        return count == 0 ? 0 : sum / count;
    }

    private static bool Euc(byte b) => b is >= 0xA1 and <= 0xFE;

    private static (int Length, double Worth) Gb18030(byte a, byte b)
    {
        if (a is 0x80 or 0xFF || b is < 0x30 or 0x7F or 0xFF) return (1, -1.5);
        if (b is >= 0x30 and <= 0x39) return (2, -1);
        if (b < 0x40) return (1, -1.5);
        if (!Euc(b)) return (2, -0.6);
        return (2, a switch { >= 0xB0 and <= 0xD7 => 0.45, 0xA1 or 0xA3 => 0.5, >= 0xD8 and <= 0xF7 => -0.2, 0xA4 or 0xA5 => 0.2, _ => -0.8 });
    }

    private static (int Length, double Worth) Big5(byte a, byte b)
    {
        if (a is < 0xA1 or > 0xF9 || b is not ((>= 0x40 and <= 0x7E) or (>= 0xA1 and <= 0xFE))) return (1, -1.5);
        return (2, a switch { >= 0xA4 and <= 0xC6 => 0.5, >= 0xA1 and <= 0xA3 => 0.5, >= 0xC9 => -0.2, _ => -0.8 });
    }

    private static (int Length, double Worth) EucKr(byte a, byte b)
    {
        if (a is < 0x81 or 0xFF) return (1, -1.5);
        if (!Euc(b)) return b is (>= 0x41 and <= 0x5A) or (>= 0x61 and <= 0x7A) or (>= 0x81) ? (2, -0.6) : (1, -1.5);
        return (2, a switch { >= 0xB0 and <= 0xC8 => 0.5, 0xA1 or 0xA3 => 0.4, >= 0xCA and <= 0xFD => -0.5, _ => -0.8 });
    }

    private static (int Length, double Worth) EucJp(byte a, byte b)
    {
        if (a == 0x8E) return (2, Euc(b) ? -0.5 : -1.5);
        if (!Euc(a) || !Euc(b)) return (1, -1.5);
        return (2, a switch { 0xA4 => 0.95, 0xA5 => 0.9, 0xA1 or 0xA3 => 0.5, >= 0xB0 and <= 0xCF => 0.4, >= 0xD0 and <= 0xF4 => -0.2, _ => -0.8 });
    }

    private static (int Length, double Worth) ShiftJis(byte a, byte b)
    {
        if (a is >= 0xA1 and <= 0xDF) return (1, -0.5); // half-width katakana
        if (a is 0x80 or 0xA0 or > 0xFC || b is < 0x40 or 0x7F or > 0xFC) return (1, -1.5);
        return (2, a switch
        {
            0x82 when b >= 0x9F => 0.95,
            0x83 when b <= 0x96 => 0.9,
            0x81 or 0x82 => 0.5,
            >= 0x88 and <= 0x97 => 0.4,
            (>= 0x98 and <= 0x9F) or (>= 0xE0 and <= 0xEA) => -0.2,
            _ => -0.8,
        });
    }
}
