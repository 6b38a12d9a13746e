using HelpdeskMail.Core.Mailboxes;

namespace HelpdeskMail.Core.Outbound;

/// <summary>An SMTP account that mail is sent through.</summary>
public sealed class OutboundAccount
{
    public long Id { get; set; }

    public required string Name { get; set; }

    /// <summary>The From address of what is sent through it.</summary>
    public required string Address { get; set; }

    public string DisplayName { get; set; } = "";

    public required string Host { get; set; }

    public int Port { get; set; }

    public Encryption Encryption { get; set; }

    /// <summary>Null: no authentication.</summary>
    public string? UserName { get; set; }

    public string? ProtectedPassword { get; set; }

    public string? PinnedCertificate { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime? LastSuccessAt { get; set; }

    public DateTime? LastErrorAt { get; set; }

    public string? LastError { get; set; }
}
