namespace HelpdeskMail.Core.Notices;

/// <summary>The wordings that the program brings along.</summary>
internal static class BuiltInWordings
{
    public const string Standard = "en";

    public static IReadOnlyList<string> Languages { get; } = [Standard, "de"];

    public static NoticeWording? Of(NoticeKind kind, string language) => language switch
    {
        "en" => English(kind),
        "de" => German(kind),
        _ => null,
    };

    private static NoticeWording English(NoticeKind kind) => kind switch
    {
        NoticeKind.Registration => new(
            "We have received your message [#{ticket}]",
            """
            Dear {customer},

            thank you for writing to {department}. Your message "{subject}" has reached us and has the number {ticket}.
            Somebody will answer you. To add something, simply answer this mail.

            {sender}

            This mail was sent automatically, because you have written to us for the first time.
            """),
        NoticeKind.Refusal => new(
            "Not accepted: {subject}",
            """
            Dear {customer},

            your message "{subject}" could not be accepted, and nobody has read it.

            {text}

            {sender}

            This mail was sent automatically.
            """),
        NoticeKind.TooLarge => new(
            "Too large: {subject}",
            """
            Dear {customer},

            your message "{subject}" is too large for us: it has {size}, and we take at most {limit}. Nobody has read it yet.
            Please send it again with smaller files, or without them.

            {sender}

            This mail was sent automatically.
            """),
        NoticeKind.Loop => new(
            "Too many messages: {subject}",
            """
            Dear {customer},

            we have received more messages from {address} in a short time than a person would write, so we hold further ones back.
            If you wrote them yourself, there is nothing to do: somebody looks at them.

            {text}

            {sender}

            This mail was sent automatically.
            """),
        NoticeKind.Rejected => new(
            "Not accepted: {subject}",
            """
            Dear {customer},

            we have looked at your message "{subject}" and can't take care of it.

            {text}

            {sender}
            """),
        NoticeKind.AgentTicket => new(
            "[#{ticket}] {subject}",
            """
            New ticket {ticket} in {queue}. {author} writes:

            {text}

            {files}

            Your answer to this mail goes to {recipients}, from the address of {department} and without what stands below your words.
            """),
        NoticeKind.AgentMessage => new(
            "[#{ticket}] {subject}",
            """
            {author} writes on ticket {ticket}:

            {text}

            {files}

            Your answer to this mail goes to {recipients}, from the address of {department} and without what stands below your words.
            """),
        NoticeKind.AgentNote => new(
            "[#{ticket}] Note: {subject}",
            """
            A note by {author} on ticket {ticket}:

            {text}

            {files}

            Your answer to this mail becomes a note, too. {customer} doesn't see it.
            """),
        _ => throw new InvalidOperationException($"Unknown notice {kind}."),
    };

    private static NoticeWording German(NoticeKind kind) => kind switch
    {
        NoticeKind.Registration => new(
            "Ihre Nachricht ist angekommen [#{ticket}]",
            """
            Guten Tag {customer},

            danke für Ihre Nachricht an {department}. „{subject}“ ist bei uns angekommen und hat die Nummer {ticket}.
            Sie erhalten eine Antwort. Wenn Sie etwas ergänzen möchten, antworten Sie einfach auf diese Mail.

            {sender}

            Diese Mail wurde automatisch verschickt, weil Sie uns zum ersten Mal geschrieben haben.
            """),
        NoticeKind.Refusal => new(
            "Nicht angenommen: {subject}",
            """
            Guten Tag {customer},

            Ihre Nachricht „{subject}“ konnte nicht angenommen werden und wurde von niemandem gelesen.

            {text}

            {sender}

            Diese Mail wurde automatisch verschickt.
            """),
        NoticeKind.TooLarge => new(
            "Zu groß: {subject}",
            """
            Guten Tag {customer},

            Ihre Nachricht „{subject}“ ist zu groß für uns: Sie hat {size}, und wir nehmen höchstens {limit} an. Sie wurde noch nicht gelesen.
            Bitte schicken Sie sie noch einmal mit kleineren Dateien oder ohne Dateien.

            {sender}

            Diese Mail wurde automatisch verschickt.
            """),
        NoticeKind.Loop => new(
            "Zu viele Nachrichten: {subject}",
            """
            Guten Tag {customer},

            wir haben von {address} in kurzer Zeit mehr Nachrichten erhalten, als ein Mensch schreiben würde, und halten weitere zurück.
            Falls Sie sie selbst geschrieben haben, brauchen Sie nichts zu tun: Jemand sieht sie sich an.

            {text}

            {sender}

            Diese Mail wurde automatisch verschickt.
            """),
        NoticeKind.Rejected => new(
            "Nicht angenommen: {subject}",
            """
            Guten Tag {customer},

            wir haben Ihre Nachricht „{subject}“ angesehen und können uns nicht darum kümmern.

            {text}

            {sender}
            """),
        NoticeKind.AgentTicket => new(
            "[#{ticket}] {subject}",
            """
            Neues Ticket {ticket} in {queue}. {author} schreibt:

            {text}

            {files}

            Ihre Antwort auf diese Mail geht an {recipients}, von der Adresse von {department} und ohne das, was unter Ihren Worten steht.
            """),
        NoticeKind.AgentMessage => new(
            "[#{ticket}] {subject}",
            """
            {author} schreibt zu Ticket {ticket}:

            {text}

            {files}

            Ihre Antwort auf diese Mail geht an {recipients}, von der Adresse von {department} und ohne das, was unter Ihren Worten steht.
            """),
        NoticeKind.AgentNote => new(
            "[#{ticket}] Notiz: {subject}",
            """
            Eine Notiz von {author} zu Ticket {ticket}:

            {text}

            {files}

            Ihre Antwort auf diese Mail wird ebenfalls eine Notiz. {customer} sieht sie nicht.
            """),
        _ => throw new InvalidOperationException($"Unknown notice {kind}."),
    };
}
