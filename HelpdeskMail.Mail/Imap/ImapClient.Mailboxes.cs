using HelpdeskMail.Mail.Imap.Commands;
using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Mail.Imap;

public sealed partial class ImapClient
{
    /// <summary>The first personal namespace; without the extension, what the server's separator suggests.</summary>
    public async Task<ImapNamespace> NamespaceAsync(CancellationToken ct = default)
    {
        using (_session.Enter())
        {
            if (Capabilities.Namespace && (await _session.RunAsync(new NamespaceCommand(_session.Names), ct)).Personal is { } personal)
                return personal;
        }

        // LIST "" "" answers with nothing but the separator (RFC 9051 §6.3.9).
        var root = await ListAsync("", ct: ct);
        return new ImapNamespace("", root.Count > 0 ? root[0].Separator : null);
    }

    /// <summary>Mailboxes matching a pattern: "*" all of them, "%" one level, a name just that one.</summary>
    public async Task<IReadOnlyList<ImapFolder>> ListAsync(string pattern = "*", string reference = "", CancellationToken ct = default)
    {
        using var turn = _session.Enter();
        var ask = pattern.Length > 0 && Capabilities.SpecialUse && Capabilities.Has("LIST-EXTENDED");
        return (await _session.RunAsync(new ListCommand(_session.Names, reference, pattern, ask), ct)).Folders;
    }

    /// <summary>All mailboxes, with the counts of those that the server tells them for in the same go (RFC 5819); none where it can't.</summary>
    public async Task<(IReadOnlyList<ImapFolder> Folders, IReadOnlyDictionary<string, ImapCounts> Counts)> ListWithCountsAsync(CancellationToken ct = default)
    {
        using var turn = _session.Enter();
        var list = await _session.RunAsync(new ListCommand(_session.Names, "", "*", Capabilities.SpecialUse && Capabilities.Has("LIST-EXTENDED"), Capabilities.ListStatus), ct);
        return (list.Folders, list.Counts);
    }

    /// <summary>Counts of a mailbox that isn't selected; null where the server doesn't say.</summary>
    public async Task<ImapCounts?> StatusAsync(string mailbox, CancellationToken ct = default)
    {
        using var turn = _session.Enter();
        return (await _session.RunAsync(new StatusCommand(_session.Names, mailbox), ct)).Counts;
    }

    /// <summary>What this user may do with a mailbox (RFC 4314); null where the server has no access control lists.</summary>
    public async Task<ImapRights?> MyRightsAsync(string mailbox, CancellationToken ct = default)
    {
        if (!Capabilities.Acl)
            return null;
        using var turn = _session.Enter();
        return (await _session.RunAsync(new MyRightsCommand(mailbox), ct)).Rights is { } letters ? new ImapRights(letters) : null;
    }

    /// <exception cref="MailRefusedException">Kind AlreadyExists where the server says so by code.</exception>
    public async Task CreateAsync(string mailbox, CancellationToken ct = default)
    {
        using var turn = _session.Enter();
        await _session.RunAsync(new MailboxCommand("CREATE", mailbox), ct);
    }

    /// <summary>Creates and subscribes the mailbox unless it is there. True: it was created.</summary>
    public async Task<bool> EnsureMailboxAsync(string mailbox, CancellationToken ct = default)
    {
        if ((await ListAsync(mailbox, ct: ct)).Any(folder => folder.CanBeSelected && folder.Name == mailbox))
            return false;
        try
        {
            await CreateAsync(mailbox, ct);
        }
        catch (MailRefusedException refused) when (refused.Refusal.Kind == RefusalKind.AlreadyExists)
        {
            return false;
        }

        using var turn = _session.Enter();
        // Unsubscribed folders are hidden in many mail programs; a server without subscriptions doesn't matter.
        var subscribe = new MailboxCommand("SUBSCRIBE", mailbox);
        await _session.StartAsync(subscribe, ct);
        await _session.CompleteAsync(subscribe, ct);
        return true;
    }

    public async Task DeleteMailboxAsync(string mailbox, CancellationToken ct = default)
    {
        using var turn = _session.Enter();
        await _session.RunAsync(new MailboxCommand("DELETE", mailbox), ct);
    }

    public async Task RenameAsync(string from, string to, CancellationToken ct = default)
    {
        using var turn = _session.Enter();
        await _session.RunAsync(new RenameCommand(from, to), ct);
    }

    /// <exception cref="MailRefusedException">Kind MailboxNotFound when there is no such mailbox.</exception>
    public Task<ImapMailbox> SelectAsync(string mailbox, CancellationToken ct = default) => OpenAsync(mailbox, readOnly: false, ct);

    /// <summary>Opens without the right, or the danger, to change anything.</summary>
    public Task<ImapMailbox> ExamineAsync(string mailbox, CancellationToken ct = default) => OpenAsync(mailbox, readOnly: true, ct);

    private async Task<ImapMailbox> OpenAsync(string mailbox, bool readOnly, CancellationToken ct)
    {
        using var turn = _session.Enter();
        var command = new SelectCommand(mailbox, readOnly, Capabilities.CondStore);
        // RFC 9051 §6.3.2: a failed SELECT leaves no mailbox selected.
        Selected = null;
        await _session.StartAsync(command, ct);
        await _session.CompleteAsync(command, ct);
        if (command.Status is { Word: "NO", Code: "" } status)
        {
            // Most servers say it without a code; a NO to SELECT hardly means anything else.
            var refusal = status.ToRefusal(command.Name);
            throw new MailRefusedException(refusal with { Kind = RefusalKind.MailboxNotFound });
        }

        command.ThrowIfRefused();
        return Selected = command.Mailbox;
    }
}
