using HelpdeskMail.App.Components.Shared;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Outbound;

namespace HelpdeskMail.App.Components.Pages.Mailboxes;

/// <summary>A mailbox being edited, and how its fields fill each other: what was typed by hand is never overwritten.</summary>
internal sealed class MailboxFormData
{
    private const int ImapPort = 143;
    private const int ImapTlsPort = 993;

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

    public string SavedName { get; }

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

    /// <summary>The usual port follows the encryption; an unusual one stays.</summary>
    public void TakeEncryption(Encryption encryption)
    {
        Draft.Encryption = encryption;
        if (Draft.Port is ImapPort or ImapTlsPort) Draft.Port = encryption == Encryption.Tls ? ImapTlsPort : ImapPort;
    }

    public MailboxDraft ToSave()
    {
        Draft.FirstFetch = FirstFetch.ToString();
        return Draft;
    }
}
