using System.Buffers;

namespace HelpdeskMail.Mail.Reports;

/// <summary>What mail servers say when they can't deliver, in the languages they say it.</summary>
internal static class BouncePhrases
{
    private static readonly SearchValues<string> Introductions = SearchValues.Create(
    [
        "not be delivered", "not delivered", "unable to deliver", "undeliverable", "undelivered", "non-delivery", "couldn't deliver", "could not deliver", "cannot be delivered", "can't be delivered", "cannot deliver", "wasn't able to deliver",
        "couldn't be delivered", "not able to deliver", "did not reach", "not yet been delivered", "delivery failed", "delivery to the following", "delivery failure", "delivery error", "failed recipient", "failed address", "failed to deliver", "delivery has failed",
        "delivery of email", "fatal error", "permanent error", "transcript of session", "not receive", "following address", "following recipient", "following recipients", "intended recipient", "cannot be reached", "could not be reached", "error-for:", "unknown user",
        "user unknown", "no such user", "mailbox is full", "over quota", "mailbox unavailable", "recipient rejected", "address rejected", "has been returned", "delivery problems", "undelivered mail", "delivery attempts", "returned mail", "rejected your message",
        "has been delayed", "has been postponed", "was blocked by", "not found", "error while being processed", "message looping", "was rejected by", "is unavailable", "did not exactly match", "permanently rejected", "was not accepted", "failed permanently", "rejected the message",
        "konnte nicht zugestellt", "nicht zugestellt werden", "unzustellbar", "nicht übermittelt", "n'a pas pu être", "n'a pas pu etre", "non remis", "pas être remis", "non è stato possibile", "impossibile recapitare", "no se pudo entregar", "no ha podido ser entregado",
        "no pudo ser entregado", "nao pode ser", "não pôde ser", "não foi possível entregar", "niet worden afgeleverd", "niet bezorgd", "kunde inte levereras", "kunne ikke leveres", "nie można dostarczyć", "nie mogła zostać", "nelze doručit",
        "не может быть доставлен", "не доставлено", "не удалось доставить", "не может быть отправлен", "недоставлен", "配信でき", "送信でき", "届けられ", "エラー", "无法投递", "无法送达", "无法发送", "退信", "無法傳送", "전송할 수 없", "배달되지",
    ], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Delays = SearchValues.Create(
    [
        "not yet been delivered", "has been delayed", "delivery attempts will continue", "will continue to be made", "will continue to try", "will keep trying", "still being retried", "will be retried", "has been postponed", "continue to attempt",
        "do not need to resend", "don't need to resend", "no need to resend", "delivery delayed", "message delayed", "could not be delivered for the last", "warning message only", "delivery is delayed", "temporarily deferred", "noch nicht zugestellt", "wird weiterhin versucht", "retrying",
    ], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> GivenUp = SearchValues.Create(
        ["giving up", "given up", "i've given up", "permanent error", "permanent fatal", "returning message to sender", "returned to sender", "has been returned"], StringComparison.OrdinalIgnoreCase);

    // The returned mail begins here; what follows is not the server's.
    private static readonly SearchValues<string> OriginalFollows = SearchValues.Create(
    [
        "below this line is a copy", "is a copy of the message", "is a copy of your message", "is a copy of message", "original message follows", "returned mail follows", "message text follows", "message headers follow", "unsent message below", "undelivered message follows", "header of the original message",
        "lines of the message follow", "lines of your original message follow", "original message as received", "original message is following", "your message reads", "- original message -", "-- original message", "original message header", "returned message follows",
        "mensaje original adjunto", "forwarded message", "old message:", "message header follows", "original message:", "------ returned mail", "returned message --", "headers of the message follow", "message contents follow", "the original message was:", "attached is a copy", "header follows",
    ], StringComparison.OrdinalIgnoreCase);

    // Who to ask: no recipient of the mail.
    private static readonly SearchValues<string> Contacts = SearchValues.Create(
        ["contact", "assistance", "please reply to", "questions", "help desk", "if you feel this message", "report this", "send mail to", "please send", "mail to <postmaster", "please forward", "support@", "try emailing", "try sending"], StringComparison.OrdinalIgnoreCase);

    // Words right before an address that make it the one the report is about.
    private static readonly SearchValues<string> Labels = SearchValues.Create(
    [
        "recipient", "address", "failed", "user", "mailbox", "undeliverable", "deliver", "error-for", "rcpt to", "attempts", "reach", "for", "to:", "addressed", "account", "adresse", "empfänger", "destinataire", "destinatario", "получател", "адрес",
    ], StringComparison.OrdinalIgnoreCase);

    internal static bool AnyIntroduction(ReadOnlySpan<char> text) => text.ContainsAny(Introductions);

    internal static bool IsDelay(ReadOnlySpan<char> text) => text.ContainsAny(Delays) && !text.ContainsAny(GivenUp);

    internal static bool StartsOriginal(ReadOnlySpan<char> line) => line.ContainsAny(OriginalFollows);

    internal static bool IsContact(ReadOnlySpan<char> line) => line.ContainsAny(Contacts);

    internal static bool HasLabel(ReadOnlySpan<char> before) => before.ContainsAny(Labels);
}
