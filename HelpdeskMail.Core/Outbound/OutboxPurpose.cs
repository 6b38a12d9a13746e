namespace HelpdeskMail.Core.Outbound;

public enum OutboxPurpose
{
    Reply,
    Notice,
    Test,
}
