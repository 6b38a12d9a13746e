using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.Core.Outbound;

/// <summary>What the outbound account form edits. Id null: a new one. Password null: keep the saved one.</summary>
public sealed class OutboundAccountDraft
{
    public long? Id { get; set; }

    public string Name { get; set; } = "";

    public string Address { get; set; } = "";

    public string DisplayName { get; set; } = "";

    public string Host { get; set; } = "";

    public int Port { get; set; } = 587;

    public Encryption Encryption { get; set; } = Encryption.StartTls;

    public bool Authenticate { get; set; } = true;

    public string UserName { get; set; } = "";

    public string? Password { get; set; }

    public bool HasSavedPassword { get; set; }

    public string? PinnedCertificate { get; set; }

    /// <summary>Whether it is the account for system mail and for departments without one of their own.</summary>
    public bool IsGlobal { get; set; }

    /// <summary>A saved account as a form edits it; the password stays behind.</summary>
    public static OutboundAccountDraft Of(OutboundAccount account, bool isGlobal) => new()
    {
        Id = account.Id,
        Name = account.Name,
        Address = account.Address,
        DisplayName = account.DisplayName,
        Host = account.Host,
        Port = account.Port,
        Encryption = account.Encryption,
        Authenticate = account.UserName is not null,
        UserName = account.UserName ?? "",
        HasSavedPassword = account.ProtectedPassword is not null,
        PinnedCertificate = account.PinnedCertificate,
        IsGlobal = isGlobal,
    };

    /// <summary>Whether the saved password was entered for this server and user.</summary>
    public bool IsSameServer(OutboundAccount saved) =>
        Host.Equals(saved.Host, StringComparison.OrdinalIgnoreCase) && Port == saved.Port && UserName == (saved.UserName ?? "");
}
