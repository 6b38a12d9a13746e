using HelpdeskMail.Mail.Imap;

namespace HelpdeskMail.Core.Fetching;

/// <summary>Finds the folder that fetched mail is moved to, under the name the server has for it.</summary>
public static class ArchiveFolder
{
    /// <summary>Creates it when it is missing, and returns its name on the server.</summary>
    public static async Task<string> PrepareAsync(ImapClient client, string configured, CancellationToken cancel)
    {
        var (name, exists) = await FindAsync(client, configured, cancel);
        if (!exists)
            await client.EnsureMailboxAsync(name, cancel);
        return name;
    }

    /// <summary>A folder may be written with "/" whatever the server's separator is, and without the prefix that some servers want ("INBOX.").</summary>
    public static async Task<(string Name, bool Exists)> FindAsync(ImapClient client, string configured, CancellationToken cancel)
    {
        if (await ExistsAsync(client, configured, cancel))
            return (configured, true);
        var personal = await client.NamespaceAsync(cancel);
        var name = personal.Separator is { } separator and not '/' ? configured.Replace('/', separator) : configured;
        if (personal.Prefix.Length > 0 && !name.StartsWith(personal.Prefix, StringComparison.OrdinalIgnoreCase))
            name = personal.Prefix + name;
        return (name, name != configured && await ExistsAsync(client, name, cancel));
    }

    private static async Task<bool> ExistsAsync(ImapClient client, string name, CancellationToken cancel) =>
        (await client.ListAsync(name, ct: cancel)).Any(folder => folder.CanBeSelected && folder.Name == name);
}
