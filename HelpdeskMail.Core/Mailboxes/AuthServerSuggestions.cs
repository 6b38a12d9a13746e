using HelpdeskMail.Core.Data;
using HelpdeskMail.Mail.Mime;
using HelpdeskMail.Mail.Reports;
using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Mailboxes;

/// <summary>Looks in a mailbox's last mails for the server that writes Authentication-Results on top of them: most likely the one to trust (G9).
/// Only whoever knows the server can say so: where it writes none, what stands on top is the sender's (RFC 8601 §7.1).</summary>
public sealed class AuthServerSuggestions(IDbContextFactory<HelpdeskDb> contexts)
{
    /// <summary>Mails that are looked at.</summary>
    public const int Last = 50;

    private const int MaxHeader = 64 * 1024;

    public async Task<AuthServersSeen> LookAsync(long mailboxId, CancellationToken cancel = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var ids = await db.StoredMails.Where(mail => mail.MailboxId == mailboxId).OrderByDescending(mail => mail.Id).Select(mail => mail.Id).Take(Last).ToListAsync(cancel);
        var hosts = new List<string?>();
        foreach (var id in ids) // one by one: a mail may be large
        {
            if (await db.RawMails.Where(raw => raw.StoredMailId == id).Select(raw => raw.Bytes).FirstOrDefaultAsync(cancel) is { Length: > 0 } bytes)
                hosts.Add(AuthenticationResults.TopmostHost(HeaderScan.Read(bytes.AsMemory(0, Math.Min(bytes.Length, MaxHeader)))));
        }
        return new AuthServersSeen(hosts.Count, [.. hosts.OfType<string>().CountBy(host => host).OrderByDescending(pair => pair.Value).Select(pair => (pair.Key, pair.Value))]);
    }
}

/// <param name="Mails">How many were looked at.</param>
/// <param name="Hosts">Names, and on how many of them each stands on top; most often first.</param>
public sealed record AuthServersSeen(int Mails, IReadOnlyList<(string Name, int Mails)> Hosts);
