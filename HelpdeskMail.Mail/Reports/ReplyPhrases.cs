using System.Buffers;
using System.Collections.Frozen;

namespace HelpdeskMail.Mail.Reports;

/// <summary>The words mail programs put around a quotation, in the languages they speak.</summary>
internal static class ReplyPhrases
{
    private static readonly SearchValues<string> Wrote = SearchValues.Create(
    [
        "wrote", "writes", "schrieb", "geschrieben", "a écrit", "a ecrit", "ha scritto", "escribió", "escribio", "ha escrit", "escreveu", "napisał", "pisze", "skrev", "schreef", "kirjoitti", "пишет", "написал", "писал", "пише", "yazdı", "şunu yazdı", "írta", "napsal", "napísal",
        "a scris", "написа", "έγραψε", "je napisao", "napisao", "כתב", "كتب", "のメッセージ", "書きました", "写道", "寫道", "님이 작성", "작성:", "đã viết", "menulis", "rakstīja", "rašė", "kirjutas",
    ], StringComparison.OrdinalIgnoreCase);

    private static readonly string[] AttributionStarts =
    [
        "On ", "Am ", "Le ", "Il ", "El ", "Em ", "Op ", "Den ", "På ", "W dniu", "Dnia ", "In data ", "A ", "Dne ", "Dňa ", "Pe ", "Στις ", "Em ", "Vào ", "Pada ", "Tarih", "U ", "Ne ", "În ", "Le\u00a0", "At ", "From ", "\"", "<",
    ];

    private static readonly SearchValues<string> OriginalMarkers = SearchValues.Create(
    [
        "original message", "original email", "original mail", "reply message", "message d'origine", "message d’origine", "message original", "ursprüngliche nachricht", "originalnachricht", "original-nachricht", "mensaje original", "messaggio originale", "oorspronkelijk bericht",
        "mensagem original", "originalmeddelande", "ursprungligt meddelande", "oprindelig meddelelse", "opprinnelig melding", "исходное сообщение", "оригинальное сообщение", "wiadomość oryginalna", "oryginalna wiadomość", "původní zpráva", "pôvodná správa", "alkuperäinen viesti",
        "eredeti üzenet", "mesaj original", "orijinal mesaj", "özgün ileti", "原始邮件", "原始郵件", "元のメッセージ", "원본 메시지", "原邮件",
    ], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> ForwardMarkers = SearchValues.Create(
    [
        "forwarded message", "forwarded by", "weitergeleitete nachricht", "message transféré", "mensaje reenviado", "messaggio inoltrato", "doorgestuurd bericht", "mensagem encaminhada", "vidarebefordrat meddelande", "videresendt", "пересылаемое сообщение", "пересланное сообщение",
        "wiadomość przekazana", "przesłana wiadomość", "転送メッセージ", "转发邮件", "轉寄郵件", "전달된 메시지", "přeposlaná zpráva", "továbbított",
    ], StringComparison.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Labels = new[]
    {
        "from", "sent", "date", "to", "subject", "cc", "reply-to", "reply to", "von", "gesendet", "datum", "an", "betreff", "kopie", "de", "envoyé", "envoyé le", "date d'envoi", "à", "a", "objet", "copie à", "message du", "enviado", "enviado el", "enviada em", "enviado em", "fecha",
        "para", "asunto", "assunto", "data", "da", "inviato", "inviato il", "oggetto", "per", "van", "verzonden", "aan", "onderwerp", "från", "skickat", "till", "ämne", "fra", "sendt", "til", "emne", "dato", "lähettäjä", "lähetetty", "vastaanottaja", "aihe", "päiväys",
        "от", "отправлено", "дата", "кому", "тема", "від", "надіслано", "od", "wysłano", "wysłane", "do", "temat", "odesláno", "komu", "předmět", "odoslané", "predmet", "feladó", "elküldve", "címzett", "tárgy", "de la", "trimis", "către", "subiect", "kimden", "gönderildi", "kime", "konu", "tarih",
        "από", "στάλθηκε", "προς", "θέμα", "发件人", "发送时间", "收件人", "主题", "日期", "寄件者", "收件者", "主旨", "差出人", "送信日時", "宛先", "件名", "日時", "보낸 사람", "보낸 날짜", "받는 사람", "제목",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] DeviceLines =
    [
        "sent from ", "sent via ", "sent with ", "sent using ", "get outlook for ", "envoyé de mon", "envoyé depuis", "envoyé à partir", "envoyé avec", "télécharger outlook", "von meinem ", "gesendet von ", "gesendet mit ", "diese nachricht wurde von meinem", "holen sie sich outlook", "outlook für ",
        "enviado desde ", "enviado de ", "enviado do ", "enviado a partir", "obtener outlook", "obter o outlook", "inviato da ", "inviato dal ", "scarica outlook", "ottieni outlook", "verzonden vanaf ", "verstuurd vanaf ", "verzonden met ", "download outlook", "outlook voor ", "skickat från ", "hämta outlook", "sendt fra ", "sendt med ", "hent outlook",
        "lähetetty ", "wysłane z ", "wysłano z ", "отправлено с ", "отправлено из ", "надіслано з ", "odesláno z ", "odoslané z ", "küldve: ", "trimis de pe ", "iphone'umdan ", "发自我的", "發自我的", "從我的 iphone", "iphoneから送信", "ipadから送信", "나의 iphone", "내 iphone",
    ];

    private static readonly string[] SignOffs =
    [
        "best regards", "kind regards", "warm regards", "regards", "best wishes", "sincerely", "yours sincerely", "yours faithfully", "yours truly", "mit freundlichen grüßen", "mit freundlichem gruß", "freundliche grüße", "viele grüße", "beste grüße", "mfg", "cordialement", "bien cordialement", "salutations",
        "saludos", "un saludo", "atentamente", "cordiali saluti", "distinti saluti", "met vriendelijke groet", "met vriendelijke groeten", "atenciosamente", "com os melhores cumprimentos", "med vänliga hälsningar", "vänliga hälsningar", "med venlig hilsen", "med vennlig hilsen", "ystävällisin terveisin",
        "z poważaniem", "pozdrawiam", "с уважением", "з повагою", "s pozdravem", "s pozdravom", "üdvözlettel", "cu stimă", "saygılarımla",
    ];

    internal static bool SaysWrote(ReadOnlySpan<char> end) => end.ContainsAny(Wrote);

    internal static bool StartsAttribution(ReadOnlySpan<char> line)
    {
        foreach (var start in AttributionStarts)
            if (line.StartsWith(start, StringComparison.Ordinal)) return true;
        return false;
    }

    internal static bool IsOriginalMarker(ReadOnlySpan<char> line) => line.Length < 100 && line[0] is '-' or '_' or '*' or '=' or '—' && line.ContainsAny(OriginalMarkers);

    internal static bool IsForwardMarker(ReadOnlySpan<char> line) =>
        line.Length < 100 && (line[0] is '-' or '_' or '*' or '=' && line.ContainsAny(ForwardMarkers) || line.StartsWith("Begin forwarded message", StringComparison.OrdinalIgnoreCase) || line.StartsWith("Anfang der weitergeleiteten", StringComparison.OrdinalIgnoreCase) || line.StartsWith("Début du message", StringComparison.OrdinalIgnoreCase));

    /// <summary>"From: …", "*Von:* …", "De : …".</summary>
    internal static bool IsHeaderLabel(ReadOnlySpan<char> line)
    {
        line = line.TrimStart("*_ \t\u00a0");
        var colon = line.IndexOfAny(':', '：');
        if (colon is < 1 or > 24) return false;
        return Labels.GetAlternateLookup<ReadOnlySpan<char>>().Contains(line[..colon].Trim("* \t\u00a0"));
    }

    internal static bool IsDeviceLine(ReadOnlySpan<char> line)
    {
        if (line.Length > 120) return false;
        foreach (var start in DeviceLines)
            if (line.StartsWith(start, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    internal static bool IsSignOff(ReadOnlySpan<char> line)
    {
        line = line.TrimEnd(",.!– -");
        foreach (var s in SignOffs)
            if (line.Equals(s, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
