using HelpdeskMail.Core.Routing;
using HelpdeskMail.Core.Settings;

namespace HelpdeskMail.Core.Mailboxes;

/// <summary>What a mailbox's own fields must keep to, wherever they come from (V2, V3, O2). What needs a look at other rows is in <see cref="MailboxEditor"/>.</summary>
internal static class MailboxRules
{
    private const int LongestFolder = 500;
    private const int LongestServers = 1000;

    /// <summary>Tidies the draft in place: trims, and fills what follows from other fields.</summary>
    public static void Check(MailboxDraft draft, MailOptions options, Faults faults)
    {
        draft.Name = FieldRules.Line(faults, "name", draft.Name, 200);
        draft.Description = FieldRules.Text(faults, "description", draft.Description, 4000, required: false);
        draft.Address = FieldRules.Address(faults, "address", draft.Address);
        draft.Host = FieldRules.Host(faults, "host", draft.Host);
        draft.UserName = FieldRules.Line(faults, "userName", string.IsNullOrWhiteSpace(draft.UserName) ? draft.Address : draft.UserName, 320, required: false);
        draft.Password = string.IsNullOrEmpty(draft.Password) ? null : draft.Password;
        draft.PinnedCertificate = FieldRules.Certificate(faults, "pinnedCertificate", draft.PinnedCertificate);
        draft.Comment = FieldRules.Text(faults, "comment", draft.Comment, 4000, required: false);
        FieldRules.Known(faults, "protocol", draft.Protocol);
        FieldRules.Known(faults, "encryption", draft.Encryption);
        FieldRules.Known(faults, "afterFetch", draft.AfterFetch);
        FieldRules.Known(faults, "dispatch", draft.Dispatch);
        FieldRules.Known(faults, "validity", draft.Validity);
        if (draft.ReplyTo is { } replyTo) FieldRules.Known(faults, "replyTo", replyTo);
        CheckAuthentication(draft, faults);
        CheckPort(draft.Port, options.AllowedPorts, faults);
        CheckFolders(draft, faults);
        if (FirstFetch.TryParse(draft.FirstFetch, out var first)) draft.FirstFetch = first.ToString();
        else faults.Add("firstFetch", "Must be unread:N (such as unread:100), new, all, or since:DATE (such as since:2025-01-31).");
        if (first is FirstFetch.Since && draft.Protocol == MailboxProtocol.Pop3) faults.Add("firstFetch", "POP3 doesn't tell when a mail came: choose unread:N for the last N, new, or all.");
        if (draft.IntervalMinutes is < 1 or > 1440) faults.Add("intervalMinutes", "Must be between 1 and 1440 (a day).");
        // What would leave mail untouched must not be believed to do so before it does (V5).
        if (draft.PinnedCertificate is not null && draft.Encryption == Encryption.None) faults.Add("pinnedCertificate", "Without encryption there is no certificate.");
    }

    private static void CheckAuthentication(MailboxDraft draft, Faults faults)
    {
        draft.AuthServers = AuthServers.Join(AuthServers.Split(draft.AuthServers));
        if (draft.AuthServers.Length > LongestServers) faults.Add("authServers", $"Must not be longer than {LongestServers} characters.");
        if (AuthServers.Split(draft.AuthServers).FirstOrDefault(name => name.Any(c => c is < '!' or > '~' or '=' or '"')) is { } bad) faults.Add("authServers", $"\"{bad}\" is no server's name as Authentication-Results has it.");
        if (draft is { AgentsNeedPass: true, AuthServers.Length: 0 }) faults.Add("agentsNeedPass", "Name the server whose word counts; without one no agent's mail would ever count as an agent's.");
    }

    private static void CheckPort(int port, PortList allowed, Faults faults)
    {
        if (port is < 1 or > 65535) FieldRules.Port(faults, "port", port);
        else if (!allowed.Contains(port)) faults.Add("port", $"Port {port} is not allowed here. Allowed: {allowed.Text}. The operator can change this with the setting Mail:AllowedPorts.");
    }

    private static void CheckFolders(MailboxDraft draft, Faults faults)
    {
        if (draft.Protocol == MailboxProtocol.Pop3)
        {
            draft.Folder = "INBOX"; // the only one that POP3 has
            if (draft.AfterFetch == AfterFetch.Archive) draft.AfterFetch = AfterFetch.MarkRead; // nothing to move to: there it is delete or leave
        }
        draft.Folder = FieldRules.Line(faults, "folder", draft.Folder, LongestFolder);
        if (draft.Folder.Equals("inbox", StringComparison.OrdinalIgnoreCase)) draft.Folder = "INBOX"; // the one name without case (RFC 9051 §5.1)

        var archives = draft is { Protocol: MailboxProtocol.Imap, AfterFetch: AfterFetch.Archive };
        draft.ArchiveFolder = FieldRules.Line(faults, "archiveFolder", draft.ArchiveFolder, LongestFolder, required: archives);
        if (archives && draft.ArchiveFolder.Equals(draft.Folder, StringComparison.OrdinalIgnoreCase))
            faults.Add("archiveFolder", "Must be another folder than the one that is fetched.");
        if (draft.Folder.AsSpan().IndexOfAny("*%") >= 0) faults.Add("folder", "Must not hold * or %.");
        if (draft.ArchiveFolder.AsSpan().IndexOfAny("*%") >= 0) faults.Add("archiveFolder", "Must not hold * or %.");
    }
}
