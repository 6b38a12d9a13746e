using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Outbound;

namespace HelpdeskMail.App.Components.Pages.OutboundAccounts;

/// <summary>An outbound account being edited, and how its fields fill each other: what was typed by hand is never overwritten.</summary>
internal sealed class OutboundFormData(OutboundAccountDraft draft)
{
    private const int SubmissionPort = 587;
    private const int SubmissionsPort = 465;

    public OutboundAccountDraft Draft { get; } = draft;

    public string SavedName { get; } = draft.Name;

    /// <summary>Name and user name follow the address for as long as they are the same as it.</summary>
    public void TakeAddress(string address)
    {
        if (Draft.UserName.Length == 0 || Draft.UserName == Draft.Address) Draft.UserName = address;
        if (Draft.Name.Length == 0 || Draft.Name == Draft.Address) Draft.Name = address;
        Draft.Address = address;
    }

    public void TakeServer(ServerPreset server)
    {
        Draft.Host = server.Host;
        Draft.Port = server.Port;
        Draft.Encryption = server.Encryption;
    }

    /// <summary>The usual port follows the encryption (RFC 8314 §3.3); an unusual one stays.</summary>
    public void TakeEncryption(Encryption encryption)
    {
        Draft.Encryption = encryption;
        if (Draft.Port is SubmissionPort or SubmissionsPort) Draft.Port = encryption == Encryption.Tls ? SubmissionsPort : SubmissionPort;
    }
}
