using HelpdeskMail.Mail.Imap.Wire;

namespace HelpdeskMail.Mail.Imap.Commands;

/// <summary>RFC 4315 §2.1: removes only those of the named messages that are marked \Deleted.</summary>
internal sealed class UidExpungeCommand(UidSet uids) : ImapCommand
{
    public override string Name => "UID EXPUNGE";

    public override void Write(ImapCommandWriter writer) => writer.Keyword(Name).Space().Uids(uids);
}
