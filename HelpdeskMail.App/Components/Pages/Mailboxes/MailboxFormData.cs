using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Outbound;

namespace HelpdeskMail.App.Components.Pages.Mailboxes;

/// <summary>A mailbox being edited, and how its fields fill each other: what was typed by hand is never overwritten.</summary>
internal sealed class MailboxFormData
{
    public MailboxFormData(MailboxDraft draft, IReadOnlyList<QueueChoice> queues, IReadOnlyList<OutboundAccountRow> accounts, string noAccount)
    {
        Draft = draft;
        SavedName = draft.Name;
        Queues = queues;
        FirstFetch = FirstFetchChoice.Read(draft.FirstFetch);
        QueueChoices = [.. queues.Select(queue => new Choice<long?>(queue.Id, queue.Name, Group: queue.Department))];
        ReplyViaChoices = [new(null, noAccount), .. accounts.Select(account => new Choice<long?>(account.Id, $"{account.Name} ({account.Address})"))];
    }

    public MailboxDraft Draft { get; }

    public bool IsImap => Draft.Protocol == MailboxProtocol.Imap;

    public string SavedName { get; }

    /// <summary>Before the first fetch there is something to preview.</summary>
    public bool MayPreview { get; init; }

    public IReadOnlyList<QueueChoice> Queues { get; }

    public IReadOnlyList<Choice<long?>> QueueChoices { get; }

    public IReadOnlyList<Choice<long?>> ReplyViaChoices { get; }

    public FirstFetchChoice FirstFetch { get; }

    /// <summary>Name and user name follow the address for as long as they are the same as it.</summary>
    public void TakeAddress(string address)
    {
        if (Draft.UserName.Length == 0 || Draft.UserName == Draft.Address) Draft.UserName = address;
        if (Draft.Name.Length == 0 || Draft.Name == Draft.Address) Draft.Name = address;
        Draft.Address = address;
    }

    public void TakeName(string name) => Draft.Name = name;

    public void TakeUserName(string userName) => Draft.UserName = userName;

    public void TakeServer(ServerPreset server)
    {
        Draft.Host = server.Host;
        Draft.Port = server.Port;
        Draft.Encryption = server.Encryption;
    }

    public void TakeEncryption(Encryption encryption)
    {
        Draft.Encryption = encryption;
        FollowPort();
    }

    public void TakeProtocol(MailboxProtocol protocol)
    {
        Draft.Protocol = protocol;
        if (!IsImap && Draft.AfterFetch == AfterFetch.Archive) Draft.AfterFetch = AfterFetch.MarkRead;
        FollowPort();
    }

    public MailboxDraft ToSave()
    {
        Draft.FirstFetch = FirstFetch.ToString();
        return Draft;
    }

    /// <summary>The usual port follows protocol and encryption; an unusual one stays.</summary>
    private void FollowPort()
    {
        if (Draft.Port is not (143 or 993 or 110 or 995)) return;
        Draft.Port = (IsImap, Draft.Encryption == Encryption.Tls) switch { (true, true) => 993, (true, false) => 143, (false, true) => 995, (false, false) => 110 };
    }
}
