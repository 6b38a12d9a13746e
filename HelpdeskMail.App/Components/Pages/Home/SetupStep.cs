namespace HelpdeskMail.App.Components.Pages.Home;

public enum SetupStep
{
    Department,
    Outbound,
    Mailbox,
    Test,
    Fetch,
    Ticket,
}
