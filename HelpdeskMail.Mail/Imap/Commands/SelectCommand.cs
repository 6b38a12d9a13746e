using System.Globalization;
using HelpdeskMail.Mail.Imap.Wire;

namespace HelpdeskMail.Mail.Imap.Commands;

/// <summary>SELECT and EXAMINE (RFC 9051 §6.3.2, §6.3.3), with CONDSTORE (RFC 7162 §3.1.8) where the server has it.</summary>
internal sealed class SelectCommand(string mailbox, bool readOnly, bool condStore) : ImapCommand
{
    public override string Name => readOnly ? "EXAMINE" : "SELECT";

    public ImapMailbox Mailbox { get; private set; } = new(mailbox) { IsReadOnly = readOnly };

    public override void Write(ImapCommandWriter writer)
    {
        writer.Keyword(Name).Space().Mailbox(mailbox);
        if (condStore)
            writer.Space().Keyword("(CONDSTORE)");
    }

    public override bool OnUntagged(string keyword, uint number, ref ImapParser parser)
    {
        if (keyword != "EXISTS")
            return false;
        Mailbox = Mailbox with { Exists = number };
        return false;
    }

    public override void OnCode(string code)
    {
        var space = code.IndexOf(' ', StringComparison.Ordinal);
        var value = space < 0 ? "" : code[(space + 1)..].Trim();
        Mailbox = (space < 0 ? code : code[..space]).ToUpperInvariant() switch
        {
            "UIDVALIDITY" when uint.TryParse(value, CultureInfo.InvariantCulture, out var number) => Mailbox with { UidValidity = number },
            "UIDNEXT" when uint.TryParse(value, CultureInfo.InvariantCulture, out var number) => Mailbox with { UidNext = number },
            "HIGHESTMODSEQ" when ulong.TryParse(value, CultureInfo.InvariantCulture, out var number) => Mailbox with { HighestModSeq = number },
            "PERMANENTFLAGS" => Mailbox with { PermanentFlags = value.Trim('(', ')').Split(' ', StringSplitOptions.RemoveEmptyEntries) },
            "NOMODSEQ" => Mailbox with { HighestModSeq = null },
            "UIDNOTSTICKY" => Mailbox with { UidsNotSticky = true },
            "READ-ONLY" => Mailbox with { IsReadOnly = true },
            _ => Mailbox,
        };
    }
}
