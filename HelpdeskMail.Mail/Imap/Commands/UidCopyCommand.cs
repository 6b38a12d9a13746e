using HelpdeskMail.Mail.Imap.Wire;

namespace HelpdeskMail.Mail.Imap.Commands;

/// <summary>UID COPY and UID MOVE (RFC 6851): same arguments, same COPYUID (RFC 4315 §3); MOVE sends it in an untagged OK.</summary>
internal sealed class UidCopyCommand(string name, UidSet uids, string target) : ImapCommand
{
    public override string Name => name;

    public Dictionary<uint, uint> NewUids { get; } = [];

    public override void Write(ImapCommandWriter writer) =>
        writer.Keyword(name).Space().Uids(uids).Space().Mailbox(target);

    public override void OnCode(string code)
    {
        if (code.Split(' ') is not [var word, _, var from, var to] || !word.Equals("COPYUID", StringComparison.OrdinalIgnoreCase))
            return;
        if (UidSet.Expand(from) is not { } old || UidSet.Expand(to) is not { } fresh)
            return;
        foreach (var (before, after) in old.Zip(fresh))
            NewUids[before] = after;
    }
}
