using System.Collections.Frozen;

namespace HelpdeskMail.Mail.Reports;

/// <summary>The labels of a forward's header block in the languages that mail programs speak, and the lines that announce it.</summary>
internal static class ForwardLabels
{
    private const int MaxLabel = 24;

    private static readonly FrozenDictionary<string, ForwardLabel> Known = new (ForwardLabel Label, string Words)[]
    {
        (ForwardLabel.From, "from|von|absender|de|expéditeur|remitente|remetente|da|mittente|van|afzender|från|fra|afsender|lähettäjä|od|nadawca|odesílatel|odosielateľ|от|от кого|отправитель|від|від кого|feladó|de la|expeditor|kimden|gönderen|από|发件人|寄件者|寄件人|差出人|送信者|보낸 사람|보낸사람|מאת|من"),
        (ForwardLabel.To, "to|an|empfänger|à|a|para|destinatario|destinatário|per|aan|till|til|vastaanottaja|do|komu|кому|címzett|către|kime|alıcı|προς|收件人|收件者|宛先|받는 사람|받는사람|אל|إلى"),
        (ForwardLabel.Cc, "cc|kopie (cc)|copia (cc)|kopie|copie à|copie|copia|kopia|kopi|kopio|dw|копия|копія|másolat|bilgi|κοιν|抄送|副本|참조|עותק|نسخة"),
        (ForwardLabel.Subject, "subject|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|aihe|temat|předmět|predmet|тема|tárgy|subiect|konu|θέμα|主题|主旨|主旨|主題|件名|제목|נושא|الموضوع"),
        (ForwardLabel.Date, "date|sent|gesendet|datum|gesendet am|date d'envoi|envoyé|envoyé le|fecha|enviado|enviado el|enviada em|enviado em|enviada el|data|inviato|inviato il|data invio|verzonden|datum verzonden|skickat|sendt|dato|lähetetty|päiväys|päivämäärä|wysłano|wysłane|odesláno|odoslané|dátum|отправлено|дата|надіслано|elküldve|küldve|trimis|gönderildi|gönderme tarihi|tarih|ημερομηνία|στάλθηκε|发送时间|日期|發送時間|寄件日期|送信日時|日時|日付|보낸 날짜|날짜|תאריך|التاريخ"),
        (ForwardLabel.Other, "reply-to|reply to|antwort an|répondre à|responder a|responder para|rispondi a|antwoord-aan|svar till|bcc|importance|wichtigkeit|priorität|priority|attachments|anlagen|anhänge|pièces jointes|message-id|resent-from|x-mailer|organization|mailing-list|list-id"),
    }.SelectMany(row => row.Words.Split('|').Distinct().Select(word => (row.Label, Word: word))).DistinctBy(row => row.Word).ToFrozenDictionary(row => row.Word, row => row.Label, StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Announcements =
    [
        "begin forwarded message", "anfang der weitergeleiteten", "début du message", "inicio del mensaje reenviado", "inizio messaggio inoltrato", "begin doorgestuurd bericht", "vidarebefordrat brev", "start på videresendt", "videresendt meddelelse",
        "início da mensagem", "początek przekazywanej wiadomości", "начало переадресованного", "початок листа", "välitetty viesti alkaa", "iletilen ileti", "zaciatok preposlanej", "začátek přeposlané", "továbbított üzenet kezdete", "開始轉寄郵件", "开始转发的邮件", "転送されたメッセージ", "전달된 메시지 시작",
        "forwarded message", "weitergeleitete nachricht",
    ];

    /// <summary>"From: …", "&gt; *Von:* …", "De : …"; what follows the colon is the value.</summary>
    public static ForwardLabel Of(ReadOnlySpan<char> line, out ReadOnlySpan<char> value)
    {
        line = Bare(line);
        value = default;
        var colon = line.IndexOfAny(':', '：');
        if (colon is < 1 or > MaxLabel) return ForwardLabel.None;
        if (!Known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(line[..colon].Trim("*_ \t\u00a0"), out var label)) return ForwardLabel.None;
        value = line[(colon + 1)..].Trim("*_ \t\u00a0\r");
        return label;
    }

    /// <summary>A line without the marks of quoting and of emphasis around it.</summary>
    public static ReadOnlySpan<char> Bare(ReadOnlySpan<char> line) => line.TrimStart("> *_|\t\u00a0").TrimEnd();

    /// <summary>"-------- Forwarded Message --------", "Begin forwarded message:", "________________", "=====".</summary>
    public static bool Announces(ReadOnlySpan<char> line)
    {
        line = line.TrimStart("> |\t\u00a0").TrimEnd();
        if (line.IsEmpty || line.IndexOfAnyExcept("-=_*—─ ") < 0) return true;
        if (line.Length > 160) return false;
        if (ReplyPhrases.IsForwardMarker(line) || ReplyPhrases.IsOriginalMarker(line)) return true;
        foreach (var words in Announcements)
        {
            if (line.TrimStart("-=_* ").StartsWith(words, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }
}
