using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Keys;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Mail.Imap;
using HelpdeskMail.Mail.Pop3;
using HelpdeskMail.Mail.Transport.Sasl;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Mailboxes;

/// <summary>Tries a mailbox's settings step by step, saved or not, and changes nothing on the server.</summary>
public sealed class ConnectionTester(IDbContextFactory<HelpdeskDb> contexts, SecretProtector secrets, MailOptions options, TimeProvider time)
{
    /// <summary>Each step as soon as it is over; ends after the first that fails. A draft with <see cref="MailboxDraft.Password"/> null uses the saved password only if host, port and user name are the saved ones.</summary>
    public IAsyncEnumerable<TestStep> TestAsync(MailboxDraft draft, CancellationToken cancel = default) =>
        TestRun.StreamAsync(time, draft.Host.Trim(), (run, token) => TestAsync(draft, run, token), cancel);

    private async Task TestAsync(MailboxDraft draft, TestRun run, CancellationToken cancel)
    {
        // Otherwise the test would be a port scanner for whoever may edit mailboxes.
        if (!options.AllowedPorts.Contains(draft.Port))
            throw run.Fail("connect", $"Port {draft.Port} is not among the allowed ones ({options.AllowedPorts.Text}). The setting Mail:AllowedPorts widens them.");
        if (await PasswordAsync(draft, cancel) is not { } password)
            throw run.Fail("login", "Enter the password: the saved one is only used with the server and user name it was saved for.");

        var credentials = new MailCredentials.Password(draft.UserName, password);
        await (draft.Protocol switch
        {
            MailboxProtocol.Imap => TestImapAsync(draft, credentials, run, cancel),
            MailboxProtocol.Pop3 => TestPop3Async(draft, credentials, run, cancel),
            _ => throw new ArgumentOutOfRangeException(nameof(draft), draft.Protocol, "Unknown protocol."),
        });
    }

    private static async Task TestImapAsync(MailboxDraft draft, MailCredentials credentials, TestRun run, CancellationToken cancel)
    {
        var endpoint = MailEndpoints.Of(draft.Host, draft.Port, draft.Encryption, draft.PinnedCertificate);
        await using var client = await run.ConnectAsync(options => ImapClient.ConnectAsync(endpoint, options, cancel));
        await run.StepAsync("login", async () =>
        {
            await client.LoginAsync(credentials, cancel);
            await client.IdAsync(ct: cancel);
            return ($"Logged in as {draft.UserName}.", null);
        });
        await run.StepAsync("folder", async () =>
        {
            var folder = await client.SelectAsync(draft.Folder, cancel);
            var unread = await client.UidSearchAsync(ImapSearch.Unseen, cancel);
            return ($"{folder.Name} holds {folder.Exists} messages, {unread.Count} of them unread.", null);
        });
        if (client.Selected is { IsReadOnly: true })
            throw run.Fail("rights", $"{draft.Folder} may only be read by this account: fetched mail could not be moved, deleted or marked. Give the account the right to change it, or choose another folder.");
        await run.StepAsync("rights", async () => (await RightsAsync(client, draft, cancel), null));
        await client.LogoutAsync(cancel);
    }

    private static async Task TestPop3Async(MailboxDraft draft, MailCredentials credentials, TestRun run, CancellationToken cancel)
    {
        var endpoint = MailEndpoints.Of(draft.Host, draft.Port, draft.Encryption, draft.PinnedCertificate);
        await using var client = await run.ConnectAsync(options => Pop3Client.ConnectAsync(endpoint, options, cancel));
        await run.StepAsync("login", async () =>
        {
            await client.LoginAsync(credentials, cancel);
            return ($"Logged in as {draft.UserName}.", null);
        });
        IReadOnlyList<Pop3Message> messages = [];
        await run.StepAsync("folder", async () =>
        {
            messages = await client.ListAsync(cancel);
            return ($"The mailbox holds {messages.Count} messages.", null);
        });
        if (messages.Any(message => message.UniqueId is null))
            throw run.Fail("rights", "The server has no lasting names for its messages (UIDL), so fetched ones could not be told from new ones. Use IMAP.");
        await run.StepAsync("rights", async () =>
        {
            await client.QuitAsync(cancel);
            return (draft.AfterFetch == AfterFetch.Delete ? "Fetched mail will be deleted from the server." : "Fetched mail stays on the server: POP3 has no folders and no marks.", null);
        });
    }

    private static async Task<string> RightsAsync(ImapClient client, MailboxDraft draft, CancellationToken cancel)
    {
        if (draft.AfterFetch != AfterFetch.Archive)
            return $"{draft.Folder} may be changed.";
        var (name, exists) = await ArchiveFolder.FindAsync(client, draft.ArchiveFolder, cancel);
        return exists ? $"{draft.Folder} may be changed; fetched mail goes to {name}." : $"{draft.Folder} may be changed; {name} is missing and will be created at the first fetch.";
    }

    private async Task<string?> PasswordAsync(MailboxDraft draft, CancellationToken cancel)
    {
        if (draft.Password is not null)
            return draft.Password;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var saved = await db.Mailboxes.AsNoTracking().FirstOrDefaultAsync(mailbox => mailbox.Id == draft.Id, cancel);
        // A password must not follow an edited host name to somebody else's server.
        return saved is not null && saved.Host == draft.Host && saved.Port == draft.Port && saved.UserName == draft.UserName
            ? secrets.Unprotect(saved.ProtectedPassword)
            : null;
    }
}
