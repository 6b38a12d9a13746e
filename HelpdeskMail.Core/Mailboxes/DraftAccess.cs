using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Keys;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Mail.Transport.Sasl;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Mailboxes;

/// <summary>What it takes to log in with settings that may not be saved yet.</summary>
public sealed class DraftAccess(IDbContextFactory<HelpdeskDb> contexts, SecretProtector secrets, MailOptions options)
{
    /// <summary>Why these settings are not to be tried at all; null: nothing against it.</summary>
    public string? Forbidden(MailboxDraft draft) =>
        // Otherwise every test would be a port scanner for whoever may edit mailboxes.
        options.AllowedPorts.Contains(draft.Port) ? null : $"Port {draft.Port} is not among the allowed ones ({options.AllowedPorts.Text}). The setting Mail:AllowedPorts widens them.";

    /// <summary>The password as entered or, for the server and user name it was saved for, the saved one. Null: there is none to use.</summary>
    public async Task<MailCredentials?> CredentialsAsync(MailboxDraft draft, CancellationToken cancel) =>
        await PasswordAsync(draft, cancel) is { } password ? new MailCredentials.Password(UserName(draft), password) : null;

    /// <summary>The draft as a mailbox to open, known to nobody else; throws where it can't be opened.</summary>
    /// <exception cref="MailSourceException">The port is not allowed, or there is no password.</exception>
    public async Task<Mailbox> MailboxAsync(MailboxDraft draft, CancellationToken cancel)
    {
        if (Forbidden(draft) is { } why) throw new MailSourceException(MailboxErrorKind.Other, why, server: null);
        if (draft.Protocol == MailboxProtocol.Imap && string.IsNullOrWhiteSpace(draft.Folder)) throw new MailSourceException(MailboxErrorKind.Other, "Choose the folder first.", server: null);
        var password = await PasswordAsync(draft, cancel) ?? throw new MailSourceException(MailboxErrorKind.AuthenticationFailed, NoPassword, server: null);
        return new Mailbox
        {
            Id = draft.Id ?? 0,
            Name = draft.Name,
            Address = draft.Address,
            Protocol = draft.Protocol,
            Host = draft.Host.Trim(),
            Port = draft.Port,
            Encryption = draft.Encryption,
            UserName = UserName(draft),
            ProtectedPassword = secrets.Protect(password),
            PinnedCertificate = draft.PinnedCertificate,
            Folder = draft.Folder,
            AfterFetch = draft.AfterFetch,
            ArchiveFolder = draft.ArchiveFolder,
            FirstFetch = draft.FirstFetch,
        };
    }

    internal const string NoPassword = "Enter the password: the saved one is only used with the server and user name it was saved for.";

    private static string UserName(MailboxDraft draft) => string.IsNullOrWhiteSpace(draft.UserName) ? draft.Address : draft.UserName;

    private async Task<string?> PasswordAsync(MailboxDraft draft, CancellationToken cancel)
    {
        if (draft.Password is not null)
            return draft.Password;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var id = draft.Id ?? draft.SecretOf;
        var saved = await db.Mailboxes.AsNoTracking().FirstOrDefaultAsync(mailbox => mailbox.Id == id, cancel);
        // A password must not follow an edited host name to somebody else's server.
        return saved is not null && draft.IsSameServer(saved) ? secrets.Unprotect(saved.ProtectedPassword) : null;
    }
}
