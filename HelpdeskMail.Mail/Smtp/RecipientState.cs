namespace HelpdeskMail.Mail.Smtp;

public enum RecipientState
{
    /// <summary>The server has taken responsibility for it.</summary>
    Accepted,

    /// <summary>Not now (4xx, or no connection before the message was complete): try again later.</summary>
    Deferred,

    /// <summary>Refused for good (5xx).</summary>
    Failed,

    /// <summary>The connection was lost after the message was complete and before the answer: perhaps sent, perhaps not. Never send again by itself.</summary>
    Uncertain,
}
