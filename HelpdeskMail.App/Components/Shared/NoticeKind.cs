namespace HelpdeskMail.App.Components.Shared;

public enum NoticeKind
{
    Info,
    Ok,
    Warning,
    Error,
}
