using HelpdeskMail.Mail.Imap.Wire;
using HelpdeskMail.Mail.Transport;

namespace HelpdeskMail.Mail.Imap.Commands;

/// <summary>One command: how it is written, and what of the server's answers belongs to it.</summary>
internal abstract class ImapCommand
{
    /// <summary>As in the RFC, for messages and refusals.</summary>
    public abstract string Name { get; }

    public string Tag { get; set; } = "";

    /// <summary>Null while the server has not finished it.</summary>
    public ImapStatus? Status { get; set; }

    public bool IsDone => Status is not null;

    /// <summary>Its answers hold message bodies, each once, so that their number is limited by what was asked for.</summary>
    public virtual bool BringsBodies => false;

    /// <summary>The command without tag and CRLF.</summary>
    public abstract void Write(ImapCommandWriter writer);

    /// <summary>An untagged response, with the parser behind its keyword. True: it was ours, nobody else needs to see it.</summary>
    public virtual bool OnUntagged(string keyword, uint number, ref ImapParser parser) => false;

    /// <summary>A response code on an untagged OK or on our own completion: "UIDVALIDITY 7".</summary>
    public virtual void OnCode(string code)
    {
    }

    public void ThrowIfRefused()
    {
        if (Status is { Word: not "OK" } status)
            throw new MailRefusedException(status.ToRefusal(Name));
    }
}
