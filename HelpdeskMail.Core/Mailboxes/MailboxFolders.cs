using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Mail.Imap;
using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Core.Mailboxes;

/// <summary>Reads the folders of an IMAP account, saved or not, for somebody to pick from. Changes nothing.</summary>
public sealed class MailboxFolders(DraftAccess access, TimeProvider time)
{
    private const int MostAskedOneByOne = 30;

    /// <summary>Counts are a help; a slow server isn't waited for because of them.</summary>
    private static readonly TimeSpan PatienceForCounts = TimeSpan.FromSeconds(3);

    public async Task<FolderList> ListAsync(MailboxDraft draft, CancellationToken cancel = default)
    {
        if (access.Forbidden(draft) is { } why) return new FolderList([], new FetchError(MailboxErrorKind.Other, why, null, ""));
        if (await access.CredentialsAsync(draft, cancel) is not { } credentials) return new FolderList([], new FetchError(MailboxErrorKind.AuthenticationFailed, DraftAccess.NoPassword, null, ""));
        try
        {
            var endpoint = MailEndpoints.Of(draft.Host, draft.Port, draft.Encryption, draft.PinnedCertificate);
            await using var client = await ImapClient.ConnectAsync(endpoint, new TransportOptions { Deadlines = Deadlines.Interactive, Time = time }, cancel);
            await client.LoginAsync(credentials, cancel);
            await client.IdAsync(ct: cancel);
            var (folders, counts) = await client.ListWithCountsAsync(cancel);
            if (counts.Count == 0) counts = await CountAsync(client, folders, cancel);
            await client.LogoutAsync(cancel);
            return new FolderList([.. folders.DistinctBy(folder => folder.Name).Select(folder => Choice(folder, counts.GetValueOrDefault(folder.Name))).OrderByDescending(folder => folder.Name == "INBOX").ThenBy(folder => folder.Name, StringComparer.CurrentCultureIgnoreCase)], null);
        }
        catch (MailException error)
        {
            var (kind, server) = (MailErrors.KindOf(error), MailErrors.ServerWords(error));
            return new FolderList([], new FetchError(kind, MailErrors.PlainWords(error), server, ErrorAdvice.For(kind, draft.Host, server)));
        }
    }

    private static FolderChoice Choice(ImapFolder folder, ImapCounts? counts) => new(folder.Name, folder.SpecialUse?.TrimStart('\\'), folder.CanBeSelected, counts?.Messages, counts?.Unseen);

    private async Task<IReadOnlyDictionary<string, ImapCounts>> CountAsync(ImapClient client, IReadOnlyList<ImapFolder> folders, CancellationToken cancel)
    {
        var counts = new Dictionary<string, ImapCounts>(StringComparer.Ordinal);
        var started = time.GetTimestamp();
        foreach (var folder in folders.Where(folder => folder.CanBeSelected).Take(MostAskedOneByOne))
        {
            if (time.GetElapsedTime(started) > PatienceForCounts) break;
            try
            {
                if (await client.StatusAsync(folder.Name, cancel) is { } found) counts[folder.Name] = found;
            }
            catch (MailRefusedException)
            {
                // One folder that can't be looked into is no reason to hide the others.
            }
        }

        return counts;
    }
}
