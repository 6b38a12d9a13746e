namespace HelpdeskMail.App.Components.Pages.Home;

public enum SetupItemState
{
    Open,
    Next,
    Done,
}
