namespace HelpdeskMail.Core.Outbound;

public enum OutboxPurpose
{
    Reply,
    Notice,
    Test,

    /// <summary>To administrators, about the program itself.</summary>
    Alert,

    /// <summary>To an agent, about a ticket.</summary>
    Agent,
}
