namespace HelpdeskMail.Core.ContactRequests;

public enum ContactRequestState
{
    Open,

    /// <summary>Somebody made a ticket of it.</summary>
    Ticket,

    /// <summary>Somebody put it to a ticket that was there.</summary>
    Appended,
    Dismissed,
}
