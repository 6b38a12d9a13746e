using System.Text.Json.Nodes;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Routing;

namespace HelpdeskMail.Core.Configuration;

/// <summary>An item of "mailboxes".</summary>
internal static class MailboxSection
{
    public static JsonNode Write(Mailbox mailbox, IReadOnlyDictionary<long, string> queues, IReadOnlyDictionary<long, string> accounts) => new JsonObject
    {
        ["name"] = mailbox.Name,
        ["description"] = mailbox.Description,
        ["protocol"] = JsonFields.Name(mailbox.Protocol),
        ["address"] = mailbox.Address,
        ["host"] = mailbox.Host,
        ["port"] = mailbox.Port,
        ["encryption"] = JsonFields.Name(mailbox.Encryption),
        ["userName"] = mailbox.UserName,
        ["pinnedCertificate"] = mailbox.PinnedCertificate,
        ["folder"] = mailbox.Folder,
        ["afterFetch"] = JsonFields.Name(mailbox.AfterFetch),
        ["archiveFolder"] = mailbox.ArchiveFolder,
        ["queue"] = queues.GetValueOrDefault(mailbox.QueueId),
        ["dispatch"] = JsonFields.Name(mailbox.Dispatch),
        ["trusted"] = mailbox.Trusted,
        ["repliesOnly"] = mailbox.RepliesOnly,
        ["holdAsContactRequests"] = mailbox.HoldAsContactRequests,
        ["authServers"] = mailbox.AuthServers,
        ["agentsNeedPass"] = mailbox.AgentsNeedPass,
        ["replyTo"] = mailbox.ReplyTo is { } policy ? JsonFields.Name(policy) : null,
        ["firstFetch"] = mailbox.FirstFetch,
        ["notices"] = mailbox.Notices,
        ["firstFetchNotices"] = mailbox.FirstFetchNotices,
        ["replyVia"] = mailbox.ReplyViaId is { } account ? accounts.GetValueOrDefault(account) : null,
        ["intervalMinutes"] = mailbox.IntervalMinutes,
        ["push"] = mailbox.Push,
        ["validity"] = JsonFields.Name(mailbox.Validity),
        ["comment"] = mailbox.Comment,
    };

    public static void Read(JsonFields fields, MailboxDraft draft, Func<string, string?, long?> queue, Func<string, string?, long?> account)
    {
        fields.Text("name", value => draft.Name = value);
        fields.Text("description", value => draft.Description = value);
        fields.Choice<MailboxProtocol>("protocol", value => draft.Protocol = value);
        fields.Text("address", value => draft.Address = value);
        fields.Text("host", value => draft.Host = value);
        fields.Number("port", value => draft.Port = value);
        fields.Choice<Encryption>("encryption", value => draft.Encryption = value);
        fields.Text("userName", value => draft.UserName = value);
        fields.TextOrNull("password", value => draft.Password = value);
        fields.TextOrNull("pinnedCertificate", value => draft.PinnedCertificate = value);
        fields.Text("folder", value => draft.Folder = value);
        fields.Choice<AfterFetch>("afterFetch", value => draft.AfterFetch = value);
        fields.Text("archiveFolder", value => draft.ArchiveFolder = value);
        fields.Text("queue", value => draft.QueueId = queue("queue", value));
        fields.Choice<DispatchMode>("dispatch", value => draft.Dispatch = value);
        fields.Flag("trusted", value => draft.Trusted = value);
        fields.Flag("repliesOnly", value => draft.RepliesOnly = value);
        fields.Flag("holdAsContactRequests", value => draft.HoldAsContactRequests = value);
        fields.Text("authServers", value => draft.AuthServers = value);
        fields.Flag("agentsNeedPass", value => draft.AgentsNeedPass = value);
        fields.ChoiceOrNull<ReplyToPolicy>("replyTo", value => draft.ReplyTo = value);
        fields.Text("firstFetch", value => draft.FirstFetch = value);
        fields.Flag("notices", value => draft.Notices = value);
        fields.Flag("firstFetchNotices", value => draft.FirstFetchNotices = value);
        fields.TextOrNull("replyVia", value => draft.ReplyViaId = account("replyVia", value));
        fields.Number("intervalMinutes", value => draft.IntervalMinutes = value);
        fields.Flag("push", value => draft.Push = value);
        fields.Choice<Validity>("validity", value => draft.Validity = value);
        fields.Text("comment", value => draft.Comment = value);
        fields.End();
    }
}
