namespace HelpdeskMail.App.Components.Pages.Mailboxes;

internal enum FirstFetchKind
{
    Unread,
    New,
    All,
    Since,
}
