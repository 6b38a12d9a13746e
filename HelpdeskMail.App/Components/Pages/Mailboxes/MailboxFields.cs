namespace HelpdeskMail.App.Components.Pages.Mailboxes;

/// <summary>The fields of the mailbox form by the names that faults come back under.</summary>
internal static class MailboxFields
{
    public static IReadOnlyCollection<string> All { get; } =
    [
        "address", "password", "queue", "name", "description", "protocol", "host", "encryption", "port", "userName", "folder", "afterFetch", "archiveFolder", "firstFetch",
        "notices", "firstFetchNotices", "holdAsContactRequests", "replyVia", "intervalMinutes", "validity", "dispatch", "trusted", "replyTo", "authServers", "agentsNeedPass", "pinnedCertificate", "comment",
    ];
}
