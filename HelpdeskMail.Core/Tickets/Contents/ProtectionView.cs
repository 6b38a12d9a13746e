using HelpdeskMail.Mail.Mime;

namespace HelpdeskMail.Core.Tickets.Contents;

/// <summary>That a mail is signed or encrypted. Nothing is verified or opened yet.</summary>
public sealed record ProtectionView(ProtectionMethod Method, ProtectionForm Form)
{
    /// <summary>The text can't be shown.</summary>
    public bool IsClosed => Form is ProtectionForm.Encrypted or ProtectionForm.OpaqueSigned or ProtectionForm.Compressed;
}
