using HelpdeskMail.Mail.Imap.Wire;

namespace HelpdeskMail.Mail.Imap.Commands;

/// <summary>RFC 9051 §6.4.6, always .SILENT: the answers would only repeat what we asked for.</summary>
internal sealed class UidStoreCommand(UidSet uids, bool add, IReadOnlyCollection<string> flags) : ImapCommand
{
    public override string Name => "UID STORE";

    public override void Write(ImapCommandWriter writer) =>
        writer.Keyword(Name).Space().Uids(uids).Space().Keyword(add ? "+FLAGS.SILENT" : "-FLAGS.SILENT").Space().Flags(flags);
}
