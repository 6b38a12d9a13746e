using HelpdeskMail.Mail.Imap;
using HelpdeskMail.Mail.Pop3;
using HelpdeskMail.Mail.Transport;
using HelpdeskMail.Mail.Transport.Sasl;

namespace HelpdeskMail.Core.Mailboxes;

/// <summary>Tries a mailbox's settings step by step, saved or not (G7). Changes nothing on the server, unless a probe was asked for.</summary>
public sealed class ConnectionTester(DraftAccess access, TimeProvider time)
{
    private const int FoldersNamed = 12;

    /// <summary>Each step as soon as it is over; ends after the first that fails. A draft with <see cref="MailboxDraft.Password"/> null uses the saved password only if host, port and user name are the saved ones.</summary>
    public IAsyncEnumerable<TestStep> TestAsync(MailboxDraft draft, TestOptions? options = null, CancellationToken cancel = default)
    {
        options ??= TestOptions.Default;
        return TestRun.StreamAsync(time, draft.Host.Trim(), options, (run, token) => TestAsync(draft, options, run, token), cancel);
    }

    private async Task TestAsync(MailboxDraft draft, TestOptions options, TestRun run, CancellationToken cancel)
    {
        if (access.Forbidden(draft) is { } why)
            throw run.Fail("connect", why);
        if (await access.CredentialsAsync(draft, cancel) is not { } credentials)
            throw run.Fail("login", DraftAccess.NoPassword);

        await (draft.Protocol switch
        {
            MailboxProtocol.Imap => TestImapAsync(draft, credentials, options, run, cancel),
            MailboxProtocol.Pop3 => TestPop3Async(draft, credentials, run, cancel),
            _ => throw new ArgumentOutOfRangeException(nameof(draft), draft.Protocol, "Unknown protocol."),
        });
    }

    private async Task TestImapAsync(MailboxDraft draft, MailCredentials credentials, TestOptions options, TestRun run, CancellationToken cancel)
    {
        var endpoint = MailEndpoints.Of(draft.Host, draft.Port, draft.Encryption, draft.PinnedCertificate);
        await using var client = await run.ConnectAsync(transport => ImapClient.ConnectAsync(endpoint, transport, cancel));
        await run.StepAsync("login", async () =>
        {
            await client.LoginAsync(credentials, cancel);
            await client.IdAsync(ct: cancel);
            return ($"Logged in as {draft.UserName}.", client.Alerts.Count > 0 ? string.Join('\n', client.Alerts) : null, client.Alerts.Count > 0);
        });
        await run.StepAsync("folder", async () =>
        {
            var folder = await SelectAsync(client, draft.Folder, run, cancel);
            var unread = await client.UidSearchAsync(ImapSearch.Unseen, cancel);
            var warning = folder.UidsNotSticky || folder.UidValidity == 0;
            return ($"{folder.Name} holds {folder.Exists} messages, {unread.Count} of them unread.{(warning ? " The server has no lasting numbers for its messages: after each reconnect mail is recognised by its content only." : "")}", null, warning);
        });
        if (client.Selected is { IsReadOnly: true })
            throw run.Fail("rights", $"{draft.Folder} may only be read by this account: fetched mail could not be moved, deleted or marked. Give the account the right to change it, or choose another folder.");
        await run.StepAsync("rights", async () =>
        {
            var found = await FolderRights.CheckAsync(client, draft, cancel);
            return found.Missing is null ? (found.Text, found.Server, found.Warning) : throw run.Fail("rights", found.Missing, found.Server);
        });
        if (options.Probe)
            await run.StepAsync("probe", () => RightsProbe.RunAsync(client, draft, time, cancel));
        await client.LogoutAsync(cancel);
    }

    /// <summary>A wrong name is nearly always a question of spelling: say what there is.</summary>
    private static async Task<ImapMailbox> SelectAsync(ImapClient client, string folder, TestRun run, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(folder))
            throw run.Fail("folder", "Choose the folder that mail is fetched from.");
        try
        {
            return await client.SelectAsync(folder, cancel);
        }
        catch (MailRefusedException refused) when (refused.Refusal.Kind == RefusalKind.MailboxNotFound)
        {
            var names = (await client.ListAsync(ct: cancel)).Where(other => other.CanBeSelected).Select(other => other.Name).OrderByDescending(name => name == "INBOX").ToList();
            var some = $"{string.Join(", ", names.Take(FoldersNamed))}{(names.Count > FoldersNamed ? $" and {names.Count - FoldersNamed} more" : "")}";
            throw run.Fail("folder", $"There is no such folder as {folder} on the server. It has: {some}.", MailErrors.ServerWords(refused));
        }
    }

    private static async Task TestPop3Async(MailboxDraft draft, MailCredentials credentials, TestRun run, CancellationToken cancel)
    {
        var endpoint = MailEndpoints.Of(draft.Host, draft.Port, draft.Encryption, draft.PinnedCertificate);
        await using var client = await run.ConnectAsync(transport => Pop3Client.ConnectAsync(endpoint, transport, cancel));
        await run.StepAsync("login", async () =>
        {
            await client.LoginAsync(credentials, cancel);
            return $"Logged in as {draft.UserName}.";
        });
        IReadOnlyList<Pop3Message> messages = [];
        await run.StepAsync("folder", async () =>
        {
            messages = await client.ListAsync(cancel);
            return $"The mailbox holds {messages.Count} messages.";
        });
        await run.StepAsync("rights", async () =>
        {
            await client.QuitAsync(cancel);
            var after = draft.AfterFetch == AfterFetch.Delete ? "Fetched mail will be deleted from the server." : "Fetched mail stays on the server: POP3 has no folders and no marks.";
            var nameless = messages.Any(message => message.UniqueId is null);
            return (nameless ? $"{after} {Fetching.Pop3Names.NoUidl}" : after, null, nameless);
        });
    }
}
