namespace HelpdeskMail.Core.Notices;

/// <summary>Mail that the program itself sends to somebody who wrote. Names are stored: rename never.</summary>
public enum NoticeKind
{
    /// <summary>To somebody who wrote for the first time (E2).</summary>
    Registration,

    /// <summary>What was written is not taken: a closed ticket, an address that takes replies only, or the like.</summary>
    Refusal,

    /// <summary>The mail is larger than we accept (P12).</summary>
    TooLarge,

    /// <summary>Too many mails in too short a time (N7).</summary>
    Loop,

    /// <summary>Somebody looked at the mail and turned it away.</summary>
    Rejected,

    /// <summary>To an agent: a new ticket in one of his departments (P13).</summary>
    AgentTicket,

    /// <summary>To an agent: a customer wrote on a ticket that he owns.</summary>
    AgentMessage,

    /// <summary>To an agent: a note was written on a ticket that he owns.</summary>
    AgentNote,
}
