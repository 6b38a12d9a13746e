using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Mail.Reports;

/// <summary>Tells a non-standard delivery report from other mail: at least two independent signs of sender, return path, subject, structure and text.</summary>
internal static class BounceEvidence
{
    private const int Needed = 4;

    private static readonly string[] Senders =
    [
        "mailer-daemon", "mailerdaemon", "mail-daemon", "maildaemon", "mdaemon", "postmaster", "post_master", "mail-delivery", "mail delivery", "delivery subsystem", "delivery system",
        "system administrator", "mail administrator", "mail system", "mailsystem", "bounce", "mailadmin", "smtp_mail_service", "smtp mail service",
    ];

    private static readonly string[] Subjects =
    [
        "undeliver", "non-deliver", "nondeliver", "not deliver", "returned mail", "returned to sender", "return to sender", "returning message", "returning to sender", "delivery status notification",
        "delivery notification", "delivery fail", "delivery error", "delivery problem", "delivery has failed", "delivery incomplete", "mail delivery", "message delivery", "mail failure",
        "failure notice", "failure delivery", "failed mail", "failed delivery", "mail failed", "mail error", "mail system error", "could not be delivered", "could not send message", "message you sent blocked",
        "nondelivery", "mail could not", "message undeliverable", "processing error", "permanent delivery", "warning: message", "delivery delay", "delayed", "user unknown", "unknown user", "no such user",
        "unzustellbar", "nicht zustellbar", "zustellung", "fehlgeschlagen", "unzustellbarkeit", "non remis", "échec", "echec", "non délivré", "non distribu", "mancata consegna", "impossibile recapitare", "non recapitabil",
        "no se puede entregar", "no entregado", "error de entrega", "devuelto", "no se ha podido entregar", "não entregue", "falha na entrega", "niet bestelbaar", "onbestelbaar", "niet afgeleverd",
        "kan ikke leveres", "kunne inte levereras", "ej levererat", "ikke levert", "niedostarcz", "zwrot", "nedoručiteln", "kézbesíthetetlen", "недоставлен", "не доставлен", "не может быть доставлен", "ваше сообщение не доставлено", "сообщение не доставлено",
        "配信不能", "エラー通知", "配信エラー", "配送エラー", "送信エラー", "届きません", "未送達", "退信", "投递失败", "传输失败", "系统退信", "無法傳遞", "無法遞送", "배달 실패", "전송 실패", "반송",
    ];

    private const int FromText = 2;

    /// <summary>False when the text could not make up for what the header lacks; spares decoding it.</summary>
    internal static bool MayBeReport(MimeMessage message) => HeaderScore(message) + FromText >= Needed;

    internal static bool IsReport(MimeMessage message, string text) =>
        HeaderScore(message) is var score && score + (BouncePhrases.AnyIntroduction(text) ? FromText : 0) >= Needed;

    /// <summary>True when the sender or the structure speak for a report. Subject and text alone could be a person asking about one.</summary>
    internal static bool HasSender(MimeMessage message) =>
        NullPath(message) || FromDaemon(message) || message.Headers.Contains("X-Failed-Recipients") || message.Root.ContentType == "multipart/report";

    private static bool NullPath(MimeMessage message) =>
        message.Headers["Return-Path"]?.Trim() is { } path && (path is "<>" || path.Contains("mailer-daemon", StringComparison.OrdinalIgnoreCase));

    private static int HeaderScore(MimeMessage message)
    {
        var score = 0;
        if (message.Headers.Contains("X-Failed-Recipients")) score += 3;
        var nullPath = NullPath(message);
        if (nullPath) score += 2;
        if (FromDaemon(message)) score += 2;
        var subject = message.Subject ?? "";
        var answered = !nullPath && (subject.StartsWith("Re:", StringComparison.Ordinal) || subject.StartsWith("Fwd:", StringComparison.OrdinalIgnoreCase) || subject.StartsWith("Fw:", StringComparison.OrdinalIgnoreCase));
        if (!answered && ContainsAny(subject, Subjects)) score += 2;
        if (message.Root.ContentType == "multipart/report") score += 2;
        return score;
    }

    internal static bool FromDaemon(MimeMessage message)
    {
        var from = message.Headers["From"];
        return from is null || ContainsAny(from, Senders);
    }

    private static bool ContainsAny(string text, string[] words)
    {
        foreach (var word in words)
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
