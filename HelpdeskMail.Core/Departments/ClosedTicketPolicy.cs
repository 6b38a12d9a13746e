namespace HelpdeskMail.Core.Departments;

/// <summary>What a customer's answer to a closed ticket does.</summary>
public enum ClosedTicketPolicy
{
    Reopen,
    Reject,
    NewLinked,
}
